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
  expect(policyOptions('pr-42', { min: 1 })).toEqual({ replicas: 'disabled' });
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
