import type { LogsPanel, StatPanel, TablePanel, Threshold } from '../../lib/monitoring/grafana/model';
import { format } from './format';
import type { Kind } from './samples';
import { CELLS, FIRING, LOG_LINES } from './rows';
import type { Series } from './chart';
import { fitting, line, path, rect, text, type Box } from './svg';

type Steps = readonly Threshold[];

const colorAt = (steps: Steps | undefined, value: number): string => (steps ?? []).reduce((color, step) => (step.value === null || value >= step.value ? step.color : color), 'green');

/** Draws one large value, or a few beside each other, with their course behind them. */
export function drawStat(panel: StatPanel, series: readonly Series[], box: Box): readonly string[] {
  const { unit, decimals, thresholds, mappings } = panel.fieldConfig.defaults;
  const texts = (mappings?.[0]?.options ?? {}) as Readonly<Record<string, { readonly text?: string }>>;
  const width = box.width / series.length;
  return series.flatMap(({ name, values }, index) => {
    const last = values.at(-1)!;
    const color = colorAt(thresholds?.steps, last);
    const middle = box.x + width * (index + 0.5);
    const shown = texts[String(last)]?.text ?? format(last, unit, decimals);
    const several = series.length > 1;
    return [
      ...(panel.options.graphMode === 'area' ? drawSpark(values, color, { x: box.x + width * index + 1, y: box.y + box.height - 30, width: width - 2, height: 29 }) : []),
      text(middle, box.y + (several ? 58 : 68), `value f ${color}${shown.length > 9 || several ? ' half' : ''}`, shown),
      ...(several ? [text(middle, box.y + 80, 'muted mid', name)] : []),
    ];
  });
}

function drawSpark(values: readonly number[], color: string, { x, y, width, height }: Box): readonly string[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || 1;
  const points = values.map((value, index) => [x + (width * index) / (values.length - 1), y + height * (most === least ? 0.7 : 0.9 - (0.8 * (value - least)) / span)] as const);
  return [path([...points, [x + width, y + height], [x, y + height]], `a ${color}`, true), path(points, `s ${color}`)];
}

interface Cell {
  readonly shown: string;
  readonly style: string;
}

const NAMED = /"application", "[^"]+ \/ ([^"]+)", "", ""/g;
const OWNED = /"owner", "([^"]+)", "", ""\), "uid", "[^"]+", "", ""\), "application", "([^"]+)"/g;

/** The columns of a table, by name, in order. */
function columnsOf(panel: TablePanel): readonly string[] {
  const organize = panel.transformations?.find(({ id }) => id === 'organize')?.options as { readonly renameByName: Readonly<Record<string, string>> };
  return Object.values(organize.renameByName);
}

/** The rows that the expressions of a table give, with sample values. */
function rowsOf(panel: TablePanel): readonly Readonly<Record<string, Cell>>[] {
  const teams = [...panel.targets[0]!.expr.matchAll(OWNED)];
  if (teams.length === 0) return FIRING.map((row) => Object.fromEntries(Object.entries(row).map(([column, shown]) => [column, { shown, style: column === 'Severity' ? 'f orange' : '' }])));
  return teams.map(([, team, application]) => {
    const name = application!.split(' / ')[1]!;
    const values = panel.targets.map(({ expr, legendFormat }) => {
      const column = String((legendFormat as string | undefined) ?? '');
      const has = [...expr.matchAll(NAMED)].some((match) => match[1] === name);
      return [column, has ? cellOf(panel, column, name) : { shown: '–', style: 'muted' }] as const;
    });
    return { Application: { shown: application!, style: 'link' }, Team: { shown: team!, style: '' }, ...Object.fromEntries(values) };
  });
}

function cellOf(panel: TablePanel, column: string, name: string): Cell {
  const value = CELLS[column]?.[name];
  if (value === undefined) throw new Error(`no sample for '${name}' in the column '${column}'; add it to scripts/dashboards/rows.ts`);
  const properties = Object.fromEntries((panel.fieldConfig.overrides.find(({ matcher }) => matcher.options === column)?.properties ?? []).map(({ id, value: given }) => [id, given as unknown]));
  const { steps } = (properties.thresholds ?? {}) as { readonly steps?: Steps };
  return { shown: format(value, properties.unit as string | undefined, properties.decimals as number | undefined), style: steps ? `f ${colorAt(steps, value)}` : '' };
}

/** Draws rows of values. */
export function drawTable(panel: TablePanel, box: Box): readonly string[] {
  const columns = columnsOf(panel);
  const rows = rowsOf(panel);
  const first = 1.7;
  const unit = (box.width - 28) / (columns.length + first - 1);
  const x = (index: number) => box.x + 14 + (index === 0 ? 0 : (index + first - 1) * unit);
  const y = (row: number) => box.y + 52 + (row + 1) * 25;
  return [
    ...columns.map((column, index) => text(x(index), box.y + 52, 'title muted', column)),
    line(box.x + 10, box.y + 60, box.x + box.width - 10, box.y + 60, 'grid'),
    ...rows.flatMap((row, index) => [
      ...(index % 2 === 1 ? [rect({ x: box.x + 8, y: y(index) - 17, width: box.width - 16, height: 25 }, 'stripe', 3)] : []),
      ...columns.map((column, position) => text(x(position), y(index), row[column]?.style ?? '', fitting(row[column]?.shown ?? '', 12, (position === 0 ? first : 1) * unit))),
    ]),
  ];
}

const LEVELS = { info: 'green', warn: 'orange', error: 'red' } as const;

/** Draws lines of logs. */
export function drawLogs(_panel: LogsPanel, box: Box, kind: Kind): readonly string[] {
  const height = 23;
  const shown = (LOG_LINES[kind] ?? []).slice(0, Math.floor((box.height - 46) / height));
  return shown.flatMap(([time, level, message], index) => {
    const y = box.y + 54 + index * height;
    return [rect({ x: box.x + 14, y: y - 11, width: 3, height: 15 }, `f ${LEVELS[level]}`, 1), text(box.x + 26, y, 'mono muted', time), text(box.x + 176, y, 'mono', message)];
  });
}
