import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../lib/environment';
import { costOf } from '../../stacks/cost';
import { cluster as clusterSchema } from '../../stacks/cluster/settings';
import { environmentSchema } from '../../stacks/environment';
import { at, findObject, NAMES, rendered, ROOT } from './rendered';

/** What the environment costs on that cluster. */
function cost(name: string, cluster?: object) {
  const { environment: { config: { workingHours } }, rendering } = rendered(name);
  return costOf({ cluster: cluster && clusterSchema.parse(cluster), workingHours }, rendering);
}

const GKE = { provider: 'gke', project: 'acme-shop', region: 'europe-west6', nodePools: { main: { machineType: 'e2-standard-2', nodes: { min: 1, max: 19 } } } };

const EKS = { provider: 'eks', account: '123456789012', region: 'eu-central-1', admins: { platform: 'arn:aws:iam::123456789012:role/platform' } };

describe('what an environment costs', () => {
  it('is what its charts ask for, where the cluster is there already', () => {
    const { line, details } = cost('production', { context: 'my-cluster' });
    expect(line).toMatch(/^asks for [\d.]+ to [\d.]+ vCPU and [\d.]+ to [\d.]+ GiB for pods, 262 GiB of volumes, 1 load balancer$/);
    expect(details).toEqual([line, 'the cluster is there already: what it costs, those who run it know']);
  });

  it('is unknown where no cluster is named', () => expect(cost('production').details[1]).toBe('no cluster is named: nobody can tell what it costs'));

  it('has prices where the cluster is made with it', () => {
    const { line, details } = cost('production', GKE);
    expect(line).toMatch(/^costs about \d+ to \d+ USD a month by list prices of \d{4}-\d\d-\d\d or later in europe-west6; without load balancers \(1\) in europe-west6; saves or would save: /);
    expect(details).toContainEqual(expect.stringMatching(/^the pods need \d to \d+ nodes of main, which may grow to 19$/));
  });

  it('names all that has no known price', () => {
    const nodePools = { main: { machineType: 'c3-standard-4', nodes: { max: 3 } } };
    expect(cost('production', { ...GKE, nodePools }).line).toMatch(/; without machines of type c3-standard-4 in europe-west6, .*, load balancers \(1\) in europe-west6, which have no known price/);
  });

  it('is less at night where it sleeps, and says so', () => {
    const night = (name: string) => cost(name, GKE).details.find((detail) => detail.startsWith('sleep at night'));
    expect(night('production')).toContain('nodes that would go outside working hours');
    expect(night('staging')).toMatch(/^sleep at night: [1-9]\d+ \(nodes that go while it sleeps, outside its working hours\)$/);
  });

  it('advises spot nodes for no pool that holds state', () => {
    const nodePools = { web: GKE.nodePools.main, store: { ...GKE.nodePools.main, stateful: true } };
    expect(cost('production', { ...GKE, nodePools }).details).toContainEqual(expect.stringContaining('(spot nodes in web: '));
  });

  it('says which regions have prices', () => {
    const { line } = cost('staging', { ...GKE, region: 'asia-east1' });
    expect(line).toMatch(/^asks for .*; there are no prices for asia-east1, but for europe-north1, .* and us-east4$/);
  });

  it('is told for either cloud', () => expect(cost('staging', { ...EKS, autoMode: false, nodePools: { main: { machineType: 'm5.large', nodes: { max: 4 } } } }).line).toContain('costs about'));

  it('is told of machines that are only described', () => {
    const nodePools = { main: { machine: { cpus: 4, memory: '16Gi' }, nodes: { min: 3, max: 12 } } };
    expect(cost('production', { ...GKE, nodePools }).details).toContainEqual(expect.stringMatching(/3 to 12 e2-standard-4/));
    expect(cost('production', { ...EKS, region: 'us-east-1', nodePools }).details).toContainEqual(expect.stringMatching(/\d+ to 12 m6i.xlarge/));
  });
});

describe('environments that sleep', () => {
  it('are preview and staging', () => expect(NAMES.filter((name) => findObject(name, 'CronJob', 'night-sleep'))).toEqual(['preview', 'staging']));

  it.each(['preview', 'staging'])('%s sleeps whole, and its nightly job rests', (name) => {
    const container = at<{ command: string[] }>(findObject(name, 'CronJob', 'night-sleep'), 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0);
    expect(container.command).toHaveLength(3 + 12);
    expect(at(findObject(name, 'CronJob', 'cart-expiry'), 'spec', 'suspend')).toBe(true);
  });

  it('do not rest in production', () => expect(at(findObject('production', 'CronJob', 'cart-expiry'), 'spec')).not.toHaveProperty('suspend'));

  it.each([
    ['start: "7:00"', 'fairlead:workingHours.start: got "7:00"; allowed: a time of day such as "07:00"'],
    ['days: [mondays]', 'fairlead:workingHours.days[0]: got "mondays"; allowed: "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday"'],
    ['days: []', 'fairlead:workingHours.days: got a list of 0; allowed: a list of at least 1'],
    ['from: "07:00"', 'fairlead:workingHours.from: got an unknown key; allowed: days, start, end, timeZone'],
  ])('are refused with %s', (setting, message) => {
    const file = readFileSync(join(ROOT, 'Pulumi.staging.yaml'), 'utf8').replace('timeZone: Europe/Zurich', setting);
    expect(() => parseEnvironment(file, { file: 'Pulumi.staging.yaml', project: 'fairlead', name: 'staging' }, environmentSchema)).toThrow(message);
  });
});
