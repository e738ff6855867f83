import { applicationDashboard, applicationPath, applicationUid, logsPath, overviewDashboard, OVERVIEW_UID, platformDashboard, type Dashboard } from '../../../lib/monitoring/grafana';
import { panelsOf } from './resolve';
import { ALL, LEAST, monitoredShop, named } from './sample';

const applications = monitoredShop();
const of = (name: string, context = ALL) => applicationDashboard(named(name), context).dashboard;
const titles = (dashboard: Dashboard) => dashboard.panels.map(({ title }) => title);
const rows = (dashboard: Dashboard) => dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
const glance = (dashboard: Dashboard) => panelsOf(dashboard).filter(({ type }) => type === 'stat').map(({ title }) => title);
const everyDashboard = [...applications.map((application) => applicationDashboard(application, ALL)), overviewDashboard(applications, ALL), platformDashboard(ALL)];

describe('the dashboard of an application', () => {
  it('has what fits one that answers requests', () => {
    const dashboard = of('frontend');
    expect(glance(dashboard)).toEqual(['Requests', 'Errors', 'Latency, p95', 'Error budget left', 'Route answers', 'Certificate expires', 'Pods available', 'Restarts, 24 h', 'Alerts firing']);
    expect(rows(dashboard)).toEqual(['Requests', 'Resources', 'Availability']);
    expect(titles(dashboard)).toEqual(expect.arrayContaining(['Requests by status', 'Error ratio', 'Latency', 'CPU', 'Memory', 'CPU throttled', 'Pods', 'Restarts', 'Autoscaler', 'Logs']));
  });

  it('leaves out what there is not: a promise, a route, a limit, an autoscaler', () => {
    expect(titles(of('api'))).toEqual(expect.not.arrayContaining(['Error budget left']));
    for (const title of ['Error budget left', 'Route answers', 'Certificate expires', 'CPU throttled', 'Autoscaler', 'Volume space used']) expect(titles(of('api'))).not.toContain(title);
    expect(titles(of('api'))).toContain('Error ratio');
  });

  it('has no requests where none are counted', () => {
    expect(rows(of('mailer'))).toEqual(['Resources', 'Availability']);
  });

  it('has the volumes of a StatefulService', () => {
    expect(rows(of('db'))).toEqual(['Resources', 'Availability', 'Volumes']);
  });

  it('has the runs of a CronTask, and not its pods that are wanted', () => {
    const dashboard = of('report');
    expect(glance(dashboard)).toEqual(['Last success', 'Next run', 'Running', 'Longest run', 'Failed runs', 'Restarts, 24 h', 'Alerts firing']);
    expect(rows(dashboard)).toEqual(['Runs', 'Resources', 'Availability']);
    expect(titles(dashboard)).not.toContain('Pods available');
    expect([dashboard.time!.from, of('frontend').time!.from]).toEqual(['now-7d', 'now-3h']);
  });

  it('has the run of a ReleaseTask without a schedule, whatever hash its Job ends in', () => {
    const dashboard = of('migrate');
    expect(glance(dashboard)).toEqual(['Last success', 'Longest run', 'Failed runs', 'Restarts, 24 h', 'Alerts firing']);
    expect(panelsOf(dashboard)[0]!.targets[0]!.expr).toContain('job_name=~"migrate-[0-9a-f]{10}"');
  });

  it('speaks of nothing that is not collected', () => {
    const dashboard = of('frontend', LEAST);
    for (const title of ['Logs', 'Route answers', 'Certificate expires']) expect(titles(dashboard)).not.toContain(title);
    expect(dashboard.links!.map(({ title }) => title)).toEqual(['Overview', 'source', 'runbook']);
  });

  it('stands in the folder of its team, or else of its namespace', () => {
    expect(applicationDashboard(named('frontend'), ALL).folder).toBe('checkout');
    expect(applicationDashboard(named('mailer'), ALL).folder).toBe('shop');
  });

  it('leads to the overview, its logs, its alerts, the runbooks and its own links', () => {
    const { links } = of('frontend');
    expect(links!.map(({ title, url, targetBlank }) => [title, url, targetBlank])).toEqual([
      ['Overview', `/d/${OVERVIEW_UID}`, false],
      ['Logs', logsPath(named('frontend')), false],
      ['Alerts', '/alerting/groups?alertmanager=alertmanager&queryString=namespace%3D%22shop%22%2Capplication%3D%22frontend%22', false],
      ['Runbooks', 'https://example.com/runbooks', true],
      ['source', 'https://example.com/source', true],
      ['runbook', 'https://example.com/runbook', true],
    ]);
    expect(decodeURIComponent(links![1]!.url!)).toContain('{namespace=\\"shop\\",application=\\"frontend\\"}');
  });

  it('marks rollouts of what keeps running', () => {
    expect(of('frontend').annotations.list).toMatchObject([{ name: 'Rollouts', enable: true, textFormat: '{{replicaset}}' }]);
    expect(of('db').annotations.list).toMatchObject([{ textFormat: '{{revision}}' }]);
    expect(of('report').annotations.list).toEqual([]);
  });

  it('draws what is wanted and allowed dashed, and warns where the promise is broken', () => {
    const panels = panelsOf(of('frontend'));
    const memory = panels.find(({ title }) => title === 'Memory')!;
    expect(memory.fieldConfig.overrides.map(({ matcher }) => matcher)).toEqual([{ id: 'byFrameRefID', options: 'B' }, { id: 'byFrameRefID', options: 'C' }]);
    expect(panels.find(({ title }) => title === 'Errors')!.fieldConfig.defaults.thresholds).toEqual({ mode: 'absolute', steps: [{ color: 'green', value: null }, { color: 'red', value: 0.001 }] });
    expect(panels.find(({ title }) => title === 'Pods available')!.fieldConfig.defaults.thresholds).toEqual({ mode: 'absolute', steps: [{ color: 'red', value: null }, { color: 'orange', value: 0.5 }, { color: 'green', value: 1 }] });
  });
});

describe('the uid of a dashboard', () => {
  it('is short, of the characters that Grafana takes, and no other application has it', () => {
    const long = { namespace: 'a-rather-long-namespace-of-a-large-team', name: 'and-a-long-name' };
    const others = [long, { ...long, name: 'and-a-long-name-2' }, { namespace: 'a-b', name: 'c' }, { namespace: 'a', name: 'b-c' }];
    const uids = others.map(applicationUid);
    expect(new Set(uids).size).toBe(4);
    for (const uid of uids) expect(uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
    expect(applicationPath({ namespace: 'shop', name: 'frontend' })).toBe('/d/shop_frontend');
  });
});

describe('the overview', () => {
  const { folder, dashboard } = overviewDashboard(applications, ALL);
  const table = (title: string, of = dashboard) => panelsOf(of).find((panel) => panel.title === title)!;

  it('has a row for each application and for each task, with its link', () => {
    expect(folder).toBe('Environment');
    const [alerts] = table('Applications').targets;
    for (const name of ['frontend', 'api', 'mailer', 'db']) expect(alerts!.expr).toContain(`"uid", "shop_${name}", "", "")`);
    for (const name of ['report', 'migrate']) expect(table('Tasks').targets[0]!.expr).toContain(`"uid", "shop_${name}", "", "")`);
    expect(table('Applications').fieldConfig.overrides[0]).toMatchObject({ matcher: { options: 'Application' }, properties: [{ id: 'links', value: [{ url: '/d/${__data.fields.uid}?${__url_time_range}' }] }] });
  });

  it('has a column only where an application has a value for it', () => {
    const columns = (dashboard: Dashboard) => Object.values((table('Applications', dashboard).transformations!.find(({ id }) => id === 'organize')!.options as { renameByName: Record<string, string> }).renameByName);
    expect(columns(dashboard)).toEqual(['Application', 'Team', 'Alerts', 'Pods', 'Requests', 'Errors', 'p95', 'Budget left', 'CPU', 'Memory', 'Restarts, 24 h']);
    expect(columns(overviewDashboard([named('mailer')], ALL).dashboard)).toEqual(['Application', 'Team', 'Alerts', 'Pods', 'CPU', 'Memory', 'Restarts, 24 h']);
  });

  it('leaves out what no application is', () => {
    expect(titles(overviewDashboard([named('mailer')], ALL).dashboard)).not.toContain('Tasks');
    expect(titles(overviewDashboard([named('report')], ALL).dashboard)).not.toContain('Applications');
    expect(titles(overviewDashboard([], ALL).dashboard)).not.toContain('Pods missing');
  });
});

describe('the dashboard of the platform', () => {
  it('has nodes, volumes, quota and the monitoring itself', () => {
    expect(rows(platformDashboard(ALL).dashboard)).toEqual(['Nodes', 'Volumes and quota', 'Prometheus', 'Alertmanager', 'FluentD']);
    expect(rows(platformDashboard(LEAST).dashboard)).toEqual(['Nodes', 'Volumes and quota']);
    expect(titles(platformDashboard(LEAST).dashboard)).not.toContain('Node disk');
  });
});

describe('every dashboard', () => {
  it.each(everyDashboard.map(({ dashboard }) => [dashboard.title, dashboard] as const))('%s fills the grid without a gap or an overlap', (_, dashboard) => {
    const cells = new Map<string, number>();
    for (const { gridPos, id } of dashboard.panels) {
      for (let x = gridPos!.x; x < gridPos!.x + gridPos!.w; x++) {
        for (let y = gridPos!.y; y < gridPos!.y + gridPos!.h; y++) {
          expect(cells.get(`${x},${y}`)).toBeUndefined();
          cells.set(`${x},${y}`, id!);
        }
      }
    }
    const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos!.y + gridPos!.h));
    expect(cells.size).toBe(24 * bottom);
  });

  it.each(everyDashboard.map(({ dashboard }) => [dashboard.title, dashboard] as const))('%s has ids that are unique, and says what each panel shows', (_, dashboard) => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const panel of panelsOf(dashboard)) expect(panel.description).toMatch(/^[A-Z].*\.$/);
    for (const panel of panelsOf(dashboard)) expect(new Set(panel.targets.map(({ refId }) => refId)).size).toBe(panel.targets.length);
  });

  it('is the same for the same applications, and plain JSON', () => {
    const again = [...monitoredShop().map((application) => applicationDashboard(application, ALL)), overviewDashboard(monitoredShop(), ALL), platformDashboard(ALL)];
    expect(JSON.stringify(again)).toBe(JSON.stringify(everyDashboard));
    expect(JSON.parse(JSON.stringify(everyDashboard))).toEqual(everyDashboard);
  });
});
