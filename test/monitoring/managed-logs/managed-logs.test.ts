import { Mistakes } from '../../../lib/core/problems';
import { readManagedLogs, type CloudLogs, type Logging, type ManagedLogsProps } from '../../../lib/monitoring/managed-logs';

const WEB: Logging = { namespace: 'shop', name: 'web', pods: 'web-[a-z0-9]+-[a-z0-9]+' };
const DOTTED: Logging = { namespace: 'shop', name: 'v1.2', pods: 'v1\\.2-[0-9]+' };

function read(given: object): { readonly logs: CloudLogs | undefined; readonly problems: readonly string[] } {
  const problems = new Mistakes();
  return { logs: readManagedLogs(problems, 'logs.managed', given as ManagedLogsProps), problems: problems.messages };
}

describe('Cloud Logging', () => {
  const pageOf = (given: object, application = WEB) => {
    const url = new URL(read({ type: 'cloud-logging', project: 'shop-production', ...given }).logs!.url(application));
    const [path, query, duration] = url.pathname.split(';');
    return { host: url.host, path, query: decodeURIComponent(query!.replace(/^query=/, '')).split('\n'), duration, project: url.searchParams.get('project') };
  };

  it('leads to the lines of the application, of the last hour', () => {
    expect(pageOf({})).toEqual({
      host: 'console.cloud.google.com', path: '/logs/query', duration: 'duration=PT1H', project: 'shop-production',
      query: ['resource.type="k8s_container"', 'resource.labels.namespace_name="shop"', 'resource.labels.pod_name=~"^web-[a-z0-9]+-[a-z0-9]+$"'],
    });
  });

  it('of one cluster, where it is named', () => {
    expect(pageOf({ cluster: 'main', location: 'europe-west6' }).query).toEqual(expect.arrayContaining(['resource.labels.cluster_name="main"', 'resource.labels.location="europe-west6"']));
  });

  it('keeps what the name of the pods means, whatever is in it', () => {
    expect(pageOf({}, DOTTED).query.at(-1)).toBe('resource.labels.pod_name=~"^v1\\\\.2-[0-9]+$"');
    expect(pageOf({}, { ...WEB, pods: 'a-.+|b-.+' }).query.at(-1)).toBe('resource.labels.pod_name=~"^(a-.+|b-.+)$"');
  });

  it('has nothing that Grafana could read', () => expect(read({ type: 'cloud-logging', project: 'shop-production' }).logs!.grafana).toBeUndefined());
});

describe('CloudWatch', () => {
  const BASE = { type: 'cloudwatch', region: 'eu-central-1', cluster: 'shop' };
  const QUERY = 'fields @timestamp, log\n| filter kubernetes.namespace_name = "shop" and kubernetes.pod_name like /^web-[a-z0-9]+-[a-z0-9]+$/\n| sort @timestamp desc\n| limit 1000';

  /** The console's notation, taken apart again. */
  function detailOf(url: string): Record<string, string> {
    const detail = decodeURIComponent(decodeURIComponent(url.split('#logsV2:logs-insights')[1]!.replaceAll('$', '%')).replace('?queryDetail=', ''));
    const values = [...detail.matchAll(/(\w+)~(?:\(~)?'?([^~)]*)~?/g)].map(([, key, value]) => [key!, decodeURIComponent(value!.replaceAll('*', '%'))]);
    return Object.fromEntries(values) as Record<string, string>;
  }

  it('leads to the lines of the application, of the last hour', () => {
    const url = read(BASE).logs!.url(WEB);
    expect(url).toMatch(/^https:\/\/console\.aws\.amazon\.com\/cloudwatch\/home\?region=eu-central-1#logsV2:logs-insights\$3FqueryDetail\$3D\$257E\$2528end\$257E0\$257Estart/);
    expect(url.split('#')[1]).toMatch(/^[\w:$*.-]+$/);
    expect(detailOf(url)).toMatchObject({ source: '/aws/containerinsights/shop/application', start: '-3600', unit: 'seconds', timeType: 'RELATIVE', editorString: QUERY });
  });

  it('in another group, or another partition of the cloud', () => {
    expect(detailOf(read({ type: 'cloudwatch', region: 'eu-central-1', group: '/shop/fargate' }).logs!.url(WEB)).source).toBe('/shop/fargate');
    expect(read({ ...BASE, region: 'cn-north-1' }).logs!.url(WEB)).toMatch(/^https:\/\/console\.amazonaws\.cn\//);
    expect(read({ ...BASE, region: 'us-gov-west-1' }).logs!.url(WEB)).toMatch(/^https:\/\/console\.amazonaws-us-gov\.com\//);
  });

  it('can be asked by Grafana', () => {
    const { grafana } = read(BASE).logs!;
    expect([grafana!.region, grafana!.group, grafana!.query(WEB)]).toEqual(['eu-central-1', '/aws/containerinsights/shop/application', QUERY]);
  });
});

describe('bad input', () => {
  it.each<[string, object, string]>([
    ['no cloud', {}, 'logs.managed.type: got nothing; cloud-logging and cloudwatch are allowed'],
    ['another cloud', { type: 'cloudwach' }, 'logs.managed.type: got "cloudwach"; cloud-logging and cloudwatch are allowed; did you mean "cloudwatch"?'],
    ['no project', { type: 'cloud-logging' }, 'logs.managed.project: got nothing; the id of a project is required, such as "shop-production"'],
    ['a project that is none', { type: 'cloud-logging', project: 'Shop' }, 'logs.managed.project: got "Shop"; the id of a project is required, such as "shop-production"'],
    ['a cluster that is none', { type: 'cloud-logging', project: 'shop-production', cluster: 'a"b' }, 'logs.managed.cluster: got "a\\"b"; the name of a cluster is allowed, such as "shop"'],
    ['a location that is none', { type: 'cloud-logging', project: 'shop-production', location: 'Zurich' }, 'logs.managed.location: got "Zurich"; a region or zone is allowed, such as "europe-west6"'],
    ['no region', { type: 'cloudwatch', cluster: 'shop' }, 'logs.managed.region: got nothing; the name of a region is required, such as "eu-central-1"'],
    ['neither cluster nor group', { type: 'cloudwatch', region: 'eu-central-1' }, 'logs.managed: got "neither"; exactly one of \'cluster\', for the group of the add-on, and \'group\' is required'],
    ['both', { type: 'cloudwatch', region: 'eu-central-1', cluster: 'shop', group: '/a' }, 'logs.managed: got "/a"; exactly one of \'cluster\', for the group of the add-on, and \'group\' is required'],
    ['a group that is none', { type: 'cloudwatch', region: 'eu-central-1', group: 'a b' }, 'logs.managed.group: got "a b"; the name of a log group is required: letters, digits, "-", "_", ".", "/" and "#"'],
    ['a name that is none', { type: 'cloudwatch', region: 'eu-central-1', cluster: 'a b' }, 'logs.managed.cluster: got "a b"; the name of a cluster is allowed: letters, digits, "-" and "_"'],
    ['a key in the clear', { type: 'cloudwatch', region: 'eu-central-1', cluster: 'shop', key: 'hunter2' }, 'logs.managed.key: there is no such option'],
  ])('%s is refused', (_, given, message) => {
    const { problems } = read(given);
    expect(problems).toEqual([message]);
    expect(problems.join()).not.toContain('hunter2');
  });
});
