import { promqlOf } from '../../lib/monitoring/grafana';
import type { Dashboard, Panel, RowPanel } from '../../lib/monitoring/grafana/model';
import { drawLogs, drawStat, drawTable } from './cells';
import { drawChart, type Series } from './chart';
import { NAMES, sampleOf, type Kind } from './samples';
import { STYLE } from './style';
import { escape, fitting, rect, text, widthOf, type Box } from './svg';

const WIDTH = 1_200;
const MARGIN = 16;
const GAP = 8;
const HEAD = 62;
/** Height of a unit of Grafana's grid; a little less than Grafana's own, so that a picture is not too long. */
const UNIT = 27;
const COLUMN = (WIDTH - 2 * MARGIN + GAP) / 24;

/** The whole picture of a dashboard. */
export function draw(dashboard: Dashboard, kind: Kind): string {
  const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos!.y + gridPos!.h));
  const height = HEAD + bottom * UNIT + MARGIN - GAP;
  const label = `The dashboard '${dashboard.title}', with sample values`;
  const parts = [rect({ x: 0, y: 0, width: WIDTH, height }, 'back', 8), ...drawHead(dashboard), ...dashboard.panels.flatMap((panel) => drawPanel(dashboard, panel, kind))];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(label)}">\n<title>${escape(label)}</title>\n<style>${STYLE}\n</style>\n${parts.join('\n')}\n</svg>\n`;
}

/** Title, links and the time that is shown. */
function drawHead({ title, links = [], annotations, time }: Dashboard): readonly string[] {
  const buttons = [...links.map((link) => link.title), ...annotations.list.map(({ name }) => `◆ ${name}`), time!.from === 'now-3h' ? 'Last 3 hours' : 'Last 7 days'];
  let right = WIDTH - MARGIN;
  const drawn = [...buttons].reverse().flatMap((label) => {
    const width = widthOf(label, 12) + 22;
    right -= width + 6;
    return [rect({ x: right + 6, y: 17, width, height: 26 }, 'button', 4), text(right + 6 + width / 2, 34, 'mid', label)];
  });
  return [text(MARGIN + 2, 37, 'h1', title), ...drawn];
}

function boxOf({ gridPos }: Panel | RowPanel): Box {
  const { x, y, w, h } = gridPos!;
  return { x: MARGIN + x * COLUMN, y: HEAD + y * UNIT, width: w * COLUMN - GAP, height: h * UNIT - GAP };
}

function drawPanel(dashboard: Dashboard, panel: Panel | RowPanel, kind: Kind): readonly string[] {
  const box = boxOf(panel);
  if (panel.type === 'row') return [text(box.x + 4, box.y + 15, 'h2', `⌄  ${panel.title}`)];
  return [rect(box, 'panel', 4), text(box.x + 12, box.y + 22, 'title', fitting(panel.title, 12.5, box.width - 20)), ...drawContent(dashboard, panel, box, kind)];
}

function drawContent(dashboard: Dashboard, panel: Panel, box: Box, kind: Kind): readonly string[] {
  switch (panel.type) {
    case 'timeseries':
      return drawChart(panel, seriesOf(dashboard, panel, kind), box, { dashboard, marked: kind === 'service' });
    case 'stat':
      return drawStat(panel, seriesOf(dashboard, panel, kind), box);
    case 'table':
      return drawTable(panel, box);
    case 'logs':
      return drawLogs(panel, box, kind);
  }
}

/** The series of a panel: as many for each query as its legend has names. */
function seriesOf({ title }: Dashboard, panel: Panel, kind: Kind): readonly Series[] {
  const application = title.split(' / ')[1] ?? '';
  const bounds = new Set(panel.fieldConfig.overrides.filter(({ matcher }) => matcher.id === 'byFrameRefID').map(({ matcher }) => matcher.options as string));
  const named = promqlOf(panel).flatMap(({ refId, legendFormat = '' }) => namesOf(legendFormat, application, kind).map((name) => ({ name, bound: bounds.has(refId) })));
  return named.map(({ name, bound }, index) => ({ name, bound, values: sampleOf(kind, panel.title, index) }));
}

function namesOf(legend: string, application: string, kind: Kind): readonly string[] {
  if (!legend.includes('{{')) return [legend];
  const names = NAMES[legend];
  if (!names) throw new Error(`no sample names for the legend '${legend}'; add them to scripts/dashboards/samples.ts`);
  if (legend === '{{pod}}' && kind !== 'service') return [`${application}-${kind === 'database' ? '0' : '29384835-k4x9w'}`];
  return names.map((name) => name.replace('POD', `${application}-7d9c5b8f6d`).replace('CONTAINER', application));
}
