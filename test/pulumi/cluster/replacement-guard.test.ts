import type { EngineEvent, StepEventMetadata, StepEventStateMetadata } from '@pulumi/pulumi/automation';
import { ReplacementGuard, ReplacementRefused } from '../../../lib/pulumi/cluster';
import { failure } from '../../failure';

const CLUSTER = 'gcp:container/cluster:Cluster';
const POOL = 'gcp:container/nodePool:NodePool';

type Step = Partial<Omit<StepEventMetadata, 'old' | 'new'>> & { readonly before?: object; readonly after?: object; readonly old?: object };

function step(op: string, type: string, name: string, { before = {}, after = {}, old = {}, ...more }: Step = {}): EngineEvent {
  const state = (inputs: object, rest: object = {}) => ({ inputs, outputs: {}, ...rest }) as unknown as StepEventStateMetadata;
  const metadata = { op, urn: `urn:pulumi:production::fairlead::fairlead:gke:GkeCluster$${type}::${name}`, type, provider: '', old: state(before, old), new: state(after), ...more } as StepEventMetadata;
  return { sequence: 0, timestamp: 0, resourcePreEvent: { metadata, planning: true } };
}

function judge(events: readonly EngineEvent[], allow?: readonly string[]): string {
  const guard = new ReplacementGuard(allow === undefined ? {} : { allow });
  for (const event of events) guard.read(event);
  return failure(() => guard.check());
}

const replaced = step('create-replacement', CLUSTER, 'production', {
  before: { network: 'a', ipAllocationPolicy: { stackType: 'IPV4' } }, after: { network: 'b', ipAllocationPolicy: { stackType: 'IPV6' } },
  keys: ['network', 'ipAllocationPolicy'],
  detailedDiff: { network: { diffKind: 'update-replace' as never, inputDiff: true }, 'ipAllocationPolicy.stackType': { diffKind: 'update-replace' as never, inputDiff: true }, location: { diffKind: 'update' as never, inputDiff: true } },
});
const CAUSES = 'network ("a" → "b") and ipAllocationPolicy.stackType ("IPV4" → "IPV6")';

describe('a replacement guard', () => {
  it('lets pass what changes in place, is new, or can be made again', () => {
    expect(judge([])).toBe('passed');
    expect(judge([step('update', CLUSTER, 'production'), step('create', CLUSTER, 'other'), step('replace', POOL, 'workers'), step('delete', 'gcp:projects/iAMMember:IAMMember', 'a')])).toBe('passed');
  });

  it('refuses to replace a cluster, and tells the properties that cause it and no others', () => {
    expect(judge([replaced, step('delete-replaced', CLUSTER, 'production')])).toBe(`production (gcp:container:Cluster): would be replaced, because of ${CAUSES}; take the change back, or allow it by its name`);
  });

  it.each(['gcp:compute/network:Network', 'gcp:kms/cryptoKey:CryptoKey', 'gcp:gkebackup/backupPlan:BackupPlan', 'aws:ec2/subnet:Subnet', 'aws:route53/zone:Zone', 'aws:backup/vault:Vault', 'aws:efs/fileSystem:FileSystem'])('refuses to delete what nobody can make again, protected or not: %s', (type) => {
    expect(judge([step('delete', type, 'one')])).toContain('would be deleted, as the program no longer has it');
  });

  it('tells the keys where the provider tells no paths, and values only where both are known', () => {
    expect(judge([step('replace', 'aws:ec2/vpc:Vpc', 'net', { keys: ['cidrBlock', 'tags["a.b"][0]'], before: { cidrBlock: '10.0.0.0/16', tags: { 'a.b': ['x'] } }, after: { tags: { 'a.b': ['y'] } } })]))
      .toBe('net (aws:ec2:Vpc): would be replaced, because of cidrBlock and tags["a.b"][0] ("x" → "y"); take the change back, or allow it by its name');
    expect(judge([step('delete-replaced', 'aws:kms/key:Key', 'key', {})])).toContain('because of what it depends on');
  });

  it('refuses what is protected, such as a pool of stateful nodes, but leaves Kubernetes objects to their own protection', () => {
    const causes = { keys: ['maxPodsPerNode'], old: { protect: true } };
    expect(judge([step('replace', POOL, 'data', causes)])).toContain('data (gcp:container:NodePool): would be replaced, because of maxPodsPerNode');
    expect(judge([step('replace', 'kubernetes:apps/v1:StatefulSet', 'StatefulSet/shop/db', causes)])).toBe('passed');
  });

  it.each([
    ['of GKE', POOL, { nodeConfig: { resourceLabels: { 'fairlead-stateful': 'true' } } }],
    ['of managed nodes on EKS', 'aws:eks/nodeGroup:NodeGroup', { tags: { Name: 'data', 'fairlead-stateful': 'true' } }],
    ['of Auto Mode', 'kubernetes:karpenter.sh/v1:NodePool', { metadata: { labels: { 'fairlead.dev/stateful': 'true' } } }],
  ])('refuses to replace or delete a stateful pool %s, also where nothing is protected, and the mark is new or on its way out', (_, type, marked) => {
    expect(judge([step('create-replacement', type, 'data', { before: marked, keys: ['zone'] })])).toContain('data (');
    expect(judge([step('create-replacement', type, 'data', { after: marked, keys: ['zone'] })])).toContain('would be replaced, because of zone');
    expect(judge([step('delete', type, 'data', { before: marked })])).toContain('would be deleted, as the program no longer has it');
    expect(judge([step('update', type, 'data', { before: marked, after: marked }), step('create-replacement', type, 'workers', {})])).toBe('passed');
  });

  it('refuses that a stateful pool or a cluster leaves a zone, in which volumes may be', () => {
    const pool = (...zones: string[]) => ({ nodeConfig: { resourceLabels: { 'fairlead-stateful': 'true' } }, nodeLocations: zones });
    const leave = (before: object, after: object, old: object = {}) => judge([step('update', POOL, 'data', { before, after, old })]);
    expect(leave(pool('a', 'b', 'c'), pool('a'))).toBe('data (gcp:container:NodePool): would leave b and c, and volumes there are reached from nowhere else; take the change back, or allow it by its name');
    expect(leave(pool('a'), pool('a', 'b'))).toBe('passed');
    const { nodeLocations: _, ...all } = pool();
    expect(leave(all, pool('a', 'b'))).toContain('would leave all zones but a and b');
    expect(leave(all, pool('a', 'b'), { outputs: { nodeLocations: ['a', 'b', 'c'] } })).toContain('would leave c,');
    expect(leave(all, pool('a', 'b'), { outputs: { nodeLocations: ['a', 'b'] } })).toBe('passed');
    expect(leave(pool('a'), all)).toBe('passed');
    expect(leave({ nodeLocations: ['a', 'b'] }, { nodeLocations: ['a'] })).toBe('passed');
    expect(judge([step('update', CLUSTER, 'production', { before: { nodeLocations: ['a', 'b'] }, after: { nodeLocations: ['b'] } })])).toContain('would leave a,');
    const auto = (...values: string[]) => ({ metadata: { labels: { 'fairlead.dev/stateful': 'true' } }, spec: { template: { spec: { requirements: [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m7i.large'] }, { key: 'topology.kubernetes.io/zone', operator: 'In', values }] } } } });
    expect(judge([step('update', 'kubernetes:karpenter.sh/v1:NodePool', 'data', { before: auto('a', 'b'), after: auto('b') })])).toContain('would leave a,');
    expect(judge([step('update', POOL, 'data', { before: pool('a', 'b'), after: pool('b') })], ['data'])).toBe('passed');
  });

  it('refuses to delete, except what waits for it since an earlier replacement', () => {
    expect(judge([step('delete', 'gcp:kms/cryptoKey:CryptoKey', 'disks')])).toBe('disks (gcp:kms:CryptoKey): would be deleted, as the program no longer has it; put it back, or allow it by its name');
    expect(judge([step('delete', CLUSTER, 'production', { old: { delete: true } })])).toBe('passed');
  });

  it('lets pass what is allowed by name, and that alone', () => {
    const network = step('replace', 'gcp:compute/network:Network', 'production-network', { keys: ['name'] });
    expect(judge([replaced], ['production'])).toBe('passed');
    expect(judge([replaced, network], ['production-network']).split('\n')).toEqual([expect.stringMatching(/^production \(/)]);
    const guard = new ReplacementGuard();
    for (const event of [replaced, network]) guard.read(event);
    expect(guard.refused).toEqual([{ name: 'production', type: CLUSTER, change: 'replace', causes: ['network ("a" → "b")', 'ipAllocationPolicy.stackType ("IPV4" → "IPV6")'] }, { name: 'production-network', type: 'gcp:compute/network:Network', change: 'replace', causes: ['name'] }]);
    expect(() => guard.check()).toThrow(ReplacementRefused);
  });

  it('refuses a permission for nothing: it would stand for a mistyped name', () => {
    expect(judge([replaced], ['production', 'prodution'])).toBe('"prodution" is allowed to be replaced, and nothing of that name would be; did you mean "production"?; these would be: production');
    expect(judge([], ['x'])).toBe('"x" is allowed to be replaced, and nothing of that name would be; leave it out');
  });
});
