import type { JsonObject } from '../../../lib';
import { policyOptions } from '../../../stacks/policy/options';
import { NAMES, objectsOf, rendered } from '../../stacks/rendered';
import { judge, resource } from './judge';

const verdict = (name: string) => judge(objectsOf(name).map((object) => resource(object)), policyOptions(name, rendered(name).environment.config.replicas));

it.each(NAMES)('what %s renders keeps every promise, also those that are only advice there', async (name) => {
  expect(await verdict(name)).toEqual([]);
});

it('an environment with pods to spare must keep every promise, one without gets advice', () => {
  expect(policyOptions('staging', { min: 2 }).level).toBe('mandatory');
  expect(policyOptions('platform', undefined).level).toBe('mandatory');
  expect(policyOptions('pr-42', { min: 1 })).toMatchObject({ replicas: 'disabled' });
  expect(policyOptions('pr-42', { min: 1 })).not.toHaveProperty('level');
});

describe('what the monitoring is excepted from', () => {
  const renamed = (from: string, to: string) => objectsOf('staging').map((object) => JSON.parse(JSON.stringify(object).replaceAll(from, to)) as JsonObject);
  const judged = async (objects: readonly JsonObject[]) => (await judge(objects.map((object) => resource(object)), policyOptions('staging', { min: 2 }))).join('\n');

  it.each([
    ['an agent of another name', '"name":"node-exporter"', '"name":"node-explorer"', /host-access: DaemonSet\/boutique-staging-monitoring-nodes\/node-explorer: .*hostNetwork: got true/],
    ['agents in another namespace', 'boutique-staging-monitoring-nodes', 'boutique-staging-nodes', /host-access: DaemonSet\/boutique-staging-nodes\/fluentd: .*volume 'logs' must not be a hostPath/],
    ['another namespace without a level', '"pod-security.kubernetes.io/enforce":"restricted"', '"pod-security.kubernetes.io/enforce":"privileged"', /namespace-security: Namespace\/boutique-staging-monitoring: .*got "privileged"/],
    ['a single pod of another name', '"name":"grafana"', '"name":"graphs"', /replicas: Deployment\/boutique-staging-monitoring\/graphs: .*got 1 pod/],
  ])('is not good for %s', async (_, from, to, expected) => {
    expect(await judged(renamed(from, to))).toMatch(expected);
  });
});

it('what the file of an environment excepts from the promises of its cluster is advice', () => {
  expect(policyOptions('production', { min: 3 }, {})).not.toHaveProperty('cluster-deletion');
  expect(policyOptions('production', { min: 3 }, { exceptions: { unprotected: 'it is taken down today' } })).toMatchObject({ level: 'mandatory', 'cluster-deletion': 'advisory' });
  expect(policyOptions('staging', { min: 2 }, { production: false })).toMatchObject({ 'cluster-deletion': 'advisory', 'cluster-control-plane': 'advisory', 'cluster-nodes': 'advisory', 'cluster-encryption': 'advisory' });
});

it('production takes no tag that may be pushed again', () => {
  expect(policyOptions('production', { min: 3 })['image-reference']).toEqual({ images: 'fixed' });
  expect(policyOptions('staging', { min: 2 })['image-reference']).toEqual({ images: 'tag' });
});
