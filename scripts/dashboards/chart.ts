import type { Dashboard, TimeSeriesPanel } from '../../lib/monitoring/grafana/model';
import { format } from './format';
import { POINTS, ROLLOUT } from './samples';
import { PALETTE } from './style';
import { ending, line, path, rect, text, widthOf, type Box } from './svg';

/** A series with its sample. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** Whether it is drawn dashed and by itself. */
  readonly bound: boolean;
}

/** The ticks below a graph, by the time that it shows. */
const TIMES: Readonly<Record<string, readonly string[]>> = { 'now-3h': ['09:30', '10:00', '10:30', '11:00', '11:30'], 'now-7d': ['Mar 6', 'Mar 7', 'Mar 8', 'Mar 9', 'Mar 10', 'Mar 11'] };
const TICKS = 4;
const TICK_SIZE = 10.5;

/** The class of a series' colour: that of an override, or the next of the palette. */
function colorOf(panel: TimeSeriesPanel, name: string, index: number): string {
  const fixed = panel.fieldConfig.overrides.find(({ matcher }) => matcher.id === 'byRegexp' && new RegExp(String(matcher.options).slice(1, -1)).test(name));
  const color = fixed?.properties.find(({ id }) => id === 'color')?.value as { readonly fixedColor: string } | undefined;
  return color?.fixedColor ?? `c${index % PALETTE}`;
}

/** A round number at or above the value, of which the ticks are round too. */
function ceiling(value: number, unit: string | undefined): number {
  if (value <= 0) return 1;
  const size = unit === 'bytes' ? 1024 ** Math.floor(Math.log(value) / Math.log(1024)) : unit === 's' && value > 60 ? 60 : 1;
  const power = 10 ** Math.floor(Math.log10(value / size));
  const step = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((candidate) => candidate * power * size >= value)!;
  return step * power * size;
}

/** Values that are stacked: each on those before it. */
function stack(series: readonly Series[]): readonly { readonly low: readonly number[]; readonly high: readonly number[] }[] {
  let below: readonly number[] = Array.from({ length: POINTS }, () => 0);
  return series.map(({ values }) => {
    const low = below;
    const high = values.map((value, point) => value + low[point]!);
    below = high;
    return { low, high };
  });
}

/** Draws lines over time. */
export function drawChart(panel: TimeSeriesPanel, series: readonly Series[], box: Box, { dashboard: { time }, marked }: { readonly dashboard: Dashboard; readonly marked: boolean }): readonly string[] {
  const { unit, max, decimals, custom, thresholds } = panel.fieldConfig.defaults;
  const stacked = custom?.stacking?.mode === 'normal';
  const spans = stacked ? stack(series) : series.map(({ values }) => ({ low: values.map(() => 0), high: values }));
  const top = max ?? Math.max(decimals === 0 ? TICKS : 0, ceiling(1.05 * Math.max(...spans.flatMap(({ high }) => high)), unit));
  const labels = Array.from({ length: TICKS + 1 }, (_, tick) => format((top * tick) / TICKS, unit, decimals === 0 ? Number(top % TICKS !== 0) : undefined));
  const left = box.x + 12 + Math.max(...labels.map((label) => widthOf(label, TICK_SIZE)));
  const plot: Box = { x: left, y: box.y + 40, width: box.x + box.width - 12 - left, height: box.height - 88 };
  const x = (point: number) => plot.x + (plot.width * point) / (POINTS - 1);
  const y = (value: number) => plot.y + plot.height * (1 - Math.min(1, Math.max(0, value / top)));
  const grid = labels.flatMap((label, tick) => [line(plot.x, y((top * tick) / TICKS), plot.x + plot.width, y((top * tick) / TICKS), 'grid'), text(plot.x - 5, y((top * tick) / TICKS) + 3.5, 'tick end', label)]);
  const ticks = TIMES[time!.from]!;
  const times = ticks.map((tick, index) => text(x(((index + 1) * POINTS) / (ticks.length + 1)), plot.y + plot.height + 15, 'tick mid', tick));
  const limits = custom?.thresholdsStyle ? (thresholds?.steps ?? []).flatMap(({ color, value }) => (value !== null && value > 0 && value < top && color !== 'green' ? [line(plot.x, y(value), plot.x + plot.width, y(value), `s limit ${color}`)] : [])) : [];
  const drawn = series.flatMap(({ name, bound }, index) => {
    const color = colorOf(panel, name, index);
    const upper = spans[index]!.high.map((value, point) => [x(point), y(value)] as const);
    const lower = spans[index]!.low.map((value, point) => [x(point), y(value)] as const).reverse();
    return bound ? [path(upper, `s bound ${color}`)] : [path([...upper, ...lower], `a ${stacked ? 'stack ' : ''}${color}`, true), path(upper, `s ${color}`)];
  });
  const mark = marked ? [line(x(ROLLOUT), plot.y, x(ROLLOUT), plot.y + plot.height, 's mark purple')] : [];
  return [...grid, ...times, ...limits, ...drawn, ...mark, ...drawLegend(panel, series, box)];
}

function drawLegend(panel: TimeSeriesPanel, series: readonly Series[], box: Box): readonly string[] {
  const room = (box.width - 24) / series.length - 24;
  let x = box.x + 14;
  return series.flatMap(({ name }, index) => {
    const shown = ending(name, 11, Math.max(40, room));
    const drawn = [rect({ x, y: box.y + box.height - 18, width: 12, height: 3 }, `f ${colorOf(panel, name, index)}`, 1), text(x + 17, box.y + box.height - 12.5, 'tick', shown)];
    x += 28 + widthOf(shown, 11);
    return drawn;
  });
}
