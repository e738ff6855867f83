import { CLOUDS, sectionOf } from '../clouds/production';
import { blocksOf } from './markdown';

it.each(CLOUDS)('the example for %s is the one that the tests deploy', (cloud) => {
  const [block, ...others] = blocksOf('docs/clusters.md').filter(({ options }) => options.get('cluster') === cloud);
  expect(others).toEqual([]);
  expect(block!.text).toBe(`config:\n${sectionOf(cloud)}`);
});
