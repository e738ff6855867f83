/** What one changed setting does to the YAML: the lines that mean it, and no others. */
import { boutiqueApp } from '../../stacks/boutique/app';
import type { Settings } from '../../stacks/environment';
import { rendered } from './rendered';

const before = rendered('staging');

/** Changed lines by file: those that went, then those that came. */
function changes(change: Partial<Settings>): Record<string, string[]> {
  const environment = { ...before.environment, config: { ...before.environment.config, ...change } };
  const after = boutiqueApp(environment, 'staging').renderFiles();
  expect([...after.keys()]).toEqual([...before.files.keys()]);
  return Object.fromEntries([...after].filter(([name, content]) => content !== before.files.get(name)).map(([name, content]) => [name, lineDiff(before.files.get(name)!, content)]));
}

/** Enough of a diff for files that have as many lines before as after. */
function lineDiff(old: string, young: string): string[] {
  const [a, b] = [old.split('\n'), young.split('\n')];
  expect(a).toHaveLength(b.length);
  return a.flatMap((line, index) => (line === b[index] ? [] : [`- ${line.trim()}`, `+ ${b[index]!.trim()}`]));
}

it('another host is two lines of one file, and the address that is probed', () => {
  expect(changes({ host: 'shop.example.com' })).toEqual({
    '1-frontend.yaml': ['- - staging.boutique.example.com', '+ - shop.example.com', '- - host: staging.boutique.example.com', '+ - host: shop.example.com'],
    '1-prometheus.yaml': ['- - https://staging.boutique.example.com/', '+ - https://shop.example.com/'],
  });
});

it('a larger maximum is one line for each autoscaler', () => {
  const changed = changes({ replicas: { min: 2, max: 5 } });
  expect(Object.keys(changed)).toHaveLength(10);
  for (const lines of Object.values(changed)) expect(lines).toEqual(['- maxReplicas: 4', '+ maxReplicas: 5']);
});

it('another release is its image and version, and a release check under a new name', () => {
  const changed = changes({ images: { ...before.environment.config.images, tag: 'v0.10.7' } });
  expect(Object.keys(changed)).toHaveLength(12);
  expect(changed['1-adservice.yaml']).toEqual([
    '- app.kubernetes.io/version: v0.10.6',
    '+ app.kubernetes.io/version: v0.10.7',
    '- image: us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/adservice:v0.10.6',
    '+ image: us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/adservice:v0.10.7',
  ]);
  expect(changed['2-cart-store-check.yaml']).toEqual([
    expect.stringMatching(/^- name: cart-store-check-[0-9a-f]{10}$/),
    expect.stringMatching(/^\+ name: cart-store-check-[0-9a-f]{10}$/),
    '- fairlead.dev/rerun: v0.10.6',
    '+ fairlead.dev/rerun: v0.10.7',
  ]);
});
