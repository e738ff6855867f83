import type { MonitoredApplication } from '../../../lib/monitoring';
import { applicationMetrics, CATALOGUE, jobOf, labelsByMetric, type PlatformJob } from '../../../lib/monitoring/catalogue';
import { plainExpression, promqlOf, type Dashboard, type Panel } from '../../../lib/monitoring/grafana';
import { RECORDED_LABELS, sloRules } from '../../../lib/monitoring/rules';
import { promqlProblem, usageOf, type Selector } from '../../../lib/monitoring/promql';

/** The labels of an alert that fires; an application's have them all. */
const ALERT_LABELS = ['alertname', 'alertstate', 'severity', 'namespace', 'application', 'owner'];

/** The labels of what the rules of these applications write, rather than any job. */
function written(metric: string, applications: readonly MonitoredApplication[]): readonly string[] | undefined {
  if (metric === 'ALERTS') return ALERT_LABELS;
  return applications.some((application) => sloRules(application).some(({ record }) => record === metric)) ? RECORDED_LABELS : undefined;
}

/** The labels of the series that a selector finds, in the job that it names or in all. */
function labelsOf({ metric, matchers }: Selector, applications: readonly MonitoredApplication[]): Iterable<string> | undefined {
  const recorded = written(metric, applications);
  if (recorded) return recorded;
  const job = matchers.find(({ label, operator }) => label === 'job' && operator === '=')?.value;
  if (job === undefined) return labelsByMetric(applications).get(metric);
  const application = applications.find((candidate) => jobOf(candidate) === job);
  const yields = application ? applicationMetrics(application) : CATALOGUE[job as PlatformJob];
  const own = yields?.metrics[metric];
  return own && [...yields.targetLabels, ...own];
}

/** What is wrong with an expression: that it does not parse, or uses what nothing yields; and the labels of what it gives. */
export function resolve(expr: string, applications: readonly MonitoredApplication[]): { readonly problems: readonly string[]; readonly labels: ReadonlySet<string> } {
  const plain = plainExpression(expr);
  const wrong = promqlProblem(plain);
  return wrong === undefined ? usageOf(plain, (selector) => labelsOf(selector, applications)) : { problems: [wrong], labels: new Set() };
}

/** The panels of a dashboard. */
export const panelsOf = ({ panels }: Dashboard): readonly Panel[] => panels.filter((panel): panel is Panel => panel.type !== 'row');

const legendLabels = (legend: string) => [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!);

/** Labels that a table shows, joins by, hides or links to. */
function tableLabels(panel: Panel): readonly string[] {
  if (panel.type !== 'table') return [];
  const organize = panel.transformations?.find(({ id }) => id === 'organize')?.options as { readonly renameByName: Readonly<Record<string, string>> };
  const hidden = panel.fieldConfig.overrides.filter(({ properties }) => properties.some(({ id }) => id === 'custom.hidden')).map(({ matcher }) => String(matcher.options));
  return [...Object.keys(organize.renameByName).filter((name) => !name.startsWith('Value')), ...hidden];
}

/** Why a dashboard would stay blank: expressions, names of series and columns that nothing gives. */
export function blanksOf(dashboard: Dashboard, applications: readonly MonitoredApplication[]): readonly string[] {
  const place = (title: string, message: string) => `${dashboard.title}: ${title}: ${message}`;
  const panels = panelsOf(dashboard).flatMap((panel) => {
    const resolved = promqlOf(panel).map(({ expr, legendFormat = '' }) => ({ ...resolve(expr, applications), legend: legendFormat }));
    const given = new Set(resolved.flatMap(({ labels }) => [...labels]));
    return [
      ...resolved.flatMap(({ problems }) => problems),
      ...resolved.flatMap(({ labels, legend }) => legendLabels(legend).filter((label) => !labels.has(label)).map((label) => `no label '${label}' for the legend '${legend}'`)),
      ...tableLabels(panel).filter((label) => !given.has(label)).map((label) => `no label '${label}' for its column`),
    ].map((message) => place(panel.title, message));
  });
  const marks = dashboard.annotations.list.flatMap(({ name, expr = '', textFormat = '' }) => {
    const { problems, labels } = resolve(expr, applications);
    return [...problems, ...legendLabels(textFormat).filter((label) => !labels.has(label)).map((label) => `no label '${label}' for its text`)].map((message) => place(name, message));
  });
  return [...panels, ...marks];
}
