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

it('production takes no tag that may be pushed again', () => {
  expect(policyOptions('production', { min: 3 })['image-reference']).toEqual({ images: 'fixed' });
  expect(policyOptions('staging', { min: 2 })['image-reference']).toEqual({ images: 'tag' });
});
