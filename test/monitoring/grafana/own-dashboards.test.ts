import { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { Mistakes } from '../../../lib/core/problems';
import { plainExpression, type OwnDashboards } from '../../../lib/monitoring/grafana';
import { readOwnDashboards } from '../../../lib/monitoring/grafana/own-dashboards';
import { promqlProblem } from '../../../lib/monitoring/promql';

const SOURCES = ['prometheus', 'loki'];

function read(dashboards: OwnDashboards) {
  const problems = new Mistakes();
  return { files: readOwnDashboards(problems, 'dashboards', dashboards, SOURCES), problems: problems.messages };
}

const panel = (expr: string, datasource: unknown = { type: 'prometheus', uid: 'prometheus' }) => ({ type: 'timeseries', datasource, targets: [{ refId: 'A', expr }] });
const dashboard = (more: object = {}) => ({ id: 7, uid: 'sales', title: 'Sales', schemaVersion: 39, panels: [panel('sum(rate(sales_total[$__rate_interval]))')], ...more });
const problemsOf = (more: object, folder = 'Sales') => read({ [folder]: [dashboard(more)] }).problems;

describe('dashboards of your own', () => {
  it('may be exported JSON, whose number in a database is left out', () => {
    const { files, problems } = read({ Sales: [dashboard()] });
    expect(problems).toEqual([]);
    expect(files).toEqual([{ folder: 'Sales', dashboard: { ...dashboard(), id: null } }]);
  });

  it('may be builders of the SDK', () => {
    const query = new DataqueryBuilder().expr('sum(sales_total)').legendFormat('sales');
    const builder = new DashboardBuilder('Sales').uid('sales').withPanel(new PanelBuilder().title('Sales').withTarget(query));
    const { files, problems } = read({ Sales: [builder] });
    expect(problems).toEqual([]);
    expect(files[0]!.dashboard).toMatchObject({ uid: 'sales', title: 'Sales', panels: [{ type: 'timeseries', targets: [{ expr: 'sum(sales_total)' }] }] });
  });

  it('may use every kind of variable', () => {
    const panels = [panel('topk($count, sum by ($label) (rate(x{pod=~"$pod", ns="${ns:regex}"}[$__rate_interval] offset $ago)))'), panel('increase(x[[[window]]])'), panel('max_over_time(up[$__range:$__interval]) * $__range_s')];
    expect(problemsOf({ panels })).toEqual([]);
  });

  it('may read sources that a variable names or that Grafana has', () => {
    const panels = [panel('up', { type: 'prometheus', uid: '${source}' }), panel('up', { type: 'prometheus', uid: '$source' }), { type: 'text', datasource: { type: 'datasource', uid: '-- Mixed --' } }, panel('up', undefined), panel('{app="x"} |= `y`', { type: 'loki', uid: 'loki' })];
    expect(problemsOf({ panels })).toEqual([]);
  });

  it('are refused with PromQL that does not parse, wherever it stands', () => {
    const panels = [{ type: 'row', panels: [panel('sum(rate(sales_total[5m])')] }, panel('rate(sales_total)')];
    expect(problemsOf({ panels })).toEqual([
      expect.stringMatching(/^dashboards\.Sales\[0\]\.panels\[0\]\.panels\[0\]\.targets\[0\]\.expr: got "sum\(rate\(sales_total\[5m\]\)"; the expression ends too early/),
      expect.stringMatching(/^dashboards\.Sales\[0\]\.panels\[1\]\.targets\[0\]\.expr: got "rate\(sales_total\)"; rate takes a range of samples.*⟦here⟧/),
    ]);
  });

  it('are refused with a source that is not there', () => {
    expect(problemsOf({ panels: [panel('up', { type: 'prometheus', uid: 'PBFA97CFB590B2093' })] })).toEqual(['dashboards.Sales[0].panels[0].datasource: got "PBFA97CFB590B2093"; no such source; its uid is one of prometheus and loki']);
    expect(problemsOf({ panels: [panel('up', { type: 'prometheus', uid: '${DS_PROMETHEUS}' })] })).toEqual([expect.stringContaining('which an export for sharing leaves open: write it in its place')]);
    expect(problemsOf({ panels: [{ type: 'timeseries', targets: [{ expr: 'up', datasource: 'other' }] }] })).toEqual([expect.stringContaining('dashboards.Sales[0].panels[0].targets[0].datasource: got "other"')]);
  });

  it('are refused without what tells them apart', () => {
    expect(problemsOf({ uid: undefined })).toEqual(['dashboards.Sales[0].uid: got nothing; text is allowed']);
    expect(problemsOf({ uid: 'a'.repeat(41) })).toEqual([expect.stringContaining('at most 40 letters, digits, "-" and "_" are allowed')]);
    expect(problemsOf({ uid: 'a/b' })).toEqual([expect.stringContaining('dashboards.Sales[0].uid: got "a/b"')]);
    expect(problemsOf({ title: ' ' })).toEqual([expect.stringContaining('a title is required')]);
    expect(problemsOf({ panels: undefined })).toEqual([expect.stringContaining('a list of panels is required')]);
  });

  it('are refused in the newer form, or as anything else', () => {
    expect(problemsOf({ apiVersion: 'dashboard.grafana.app/v2beta1' })).toEqual([expect.stringContaining('export it as "Classic"')]);
    const circular: { self?: object } = {};
    circular.self = circular;
    for (const wrong of [null, 7, [], circular]) expect(read({ Sales: [wrong as unknown as object] }).problems).toEqual([expect.stringContaining('the JSON of a dashboard, or a builder')]);
    expect(read({ Sales: {} as unknown as object[] }).problems).toEqual(['dashboards.Sales: got {}; a list of dashboards is allowed']);
  });

  it.each(['a/b', '.hidden', 'a:b', 'General', 'x'.repeat(190), ''])('are refused in a folder called %j', (folder) => {
    expect(problemsOf({}, folder)).toEqual([expect.stringContaining('the title of a folder becomes a directory')]);
  });
});

describe('an expression with variables', () => {
  it.each([
    ['rate(x[$__rate_interval])', 'rate(x[5m])'],
    ['x offset ${ago}', 'x offset 5m'],
    ['x{pod=~"$pod"}', 'x{pod=~"x"}'],
    ['x > $__range_s', 'x > 60'],
    ['avg_over_time(x[$a:$b])', 'avg_over_time(x[5m:5m])'],
  ])('%s is checked as %s', (expression, plain) => {
    expect(plainExpression(expression)).toBe(plain);
    expect(promqlProblem(plain)).toBeUndefined();
  });
});
