import { boutiqueApp } from '../../stacks/boutique/app';
import { DEFAULT_EXPIRY, expiryAfter, isInstant, previewEnvironment, previewName, previewStack } from '../../stacks/preview';
import { loadEnvironment } from '../../lib/environment';
import { environmentSchema } from '../../stacks/environment';
import { at, ROOT } from './rendered';

const EXPIRES = '2026-01-31T12:00:00Z';
const base = loadEnvironment(ROOT, 'preview', environmentSchema);
const make = (name: string, expires = EXPIRES) => previewEnvironment(base, { name, expires });

describe('the name of a preview environment', () => {
  it('makes its namespace, its host and its stack', () => {
    const { name, config, expires } = make('pr-42');
    expect({ name, namespace: config.namespace, host: config.host, expires }).toEqual({ name: 'preview-pr-42', namespace: 'boutique-preview-pr-42', host: 'pr-42.preview.boutique.example.com', expires: EXPIRES });
    expect(previewStack('pr-42')).toBe('preview-pr-42');
    expect(previewName('preview-pr-42')).toBe('pr-42');
  });

  it.each(['preview', 'staging', 'previews', 'my-preview-a'])('is not that of the stack %s', (stack) => expect(previewName(stack)).toBeUndefined());

  it.each([
    ['PR_42', ', such as "pr-42"'],
    ['feature/Cart page', ', such as "feature-cart-page"'],
    ['-a', ', such as "a"'],
    ['a'.repeat(30), `, such as "${'a'.repeat(29)}"`],
    ['a.b', ', such as "a-b"'],
    ['', ''],
    ['///', ''],
  ])('can not be %j', (name, suggestion) => {
    expect(() => make(name)).toThrow(`preview-${name}: name: got ${JSON.stringify(name)}; allowed: at most 29 lower-case letters, digits and "-", a letter or digit first and last${suggestion}`);
  });

  it('may be as long as the namespace lets it, and renders', () => {
    const { files } = boutiqueApp(make('a'.repeat(29)), 'out').render();
    const namespaces = files.flatMap(({ objects }) => objects.filter(({ manifest }) => manifest.kind === 'Namespace').map(({ manifest }) => at<string>(manifest, 'metadata', 'name')));
    expect(Math.max(...namespaces.map(({ length }) => length))).toBe(63);
  });

  it('may be longer without monitoring, whose namespaces have longer names', () => {
    const { monitoring: _, ...config } = base.config;
    expect(previewEnvironment({ ...base, config }, { name: 'a'.repeat(46), expires: EXPIRES }).config.namespace).toHaveLength(63);
    expect(() => previewEnvironment({ ...base, config }, { name: 'a'.repeat(47), expires: EXPIRES })).toThrow('at most 46 lower-case letters');
  });

  it('must leave the host a host', () => {
    const long = { ...base, config: { ...base.config, host: `${'a.'.repeat(110)}example.com` } };
    expect(() => previewEnvironment(long, { name: 'a'.repeat(29), expires: EXPIRES })).toThrow('at most 253 characters are allowed');
  });
});

describe('the monitoring of a preview environment', () => {
  const objects = (name: string) => boutiqueApp(make(name), 'out').render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest));
  const volumes = (name: string) => objects(name).flatMap((object) => at<{ hostPath?: { path: string; type: string } }[] | undefined>(object, 'spec', 'template', 'spec', 'volumes') ?? []).flatMap(({ hostPath }) => hostPath ?? []);

  it('has a host of its own', () => expect(make('pr-42').config.monitoring!.grafana.host).toBe('pr-42.grafana.preview.boutique.example.com'));

  it('leaves the host a host', () => {
    const long = { ...base, config: { ...base.config, monitoring: { ...base.config.monitoring!, grafana: { host: `${'a.'.repeat(110)}example.com` } } } };
    expect(() => previewEnvironment(long, { name: 'a'.repeat(29), expires: EXPIRES })).toThrow('at most 253 characters are allowed');
  });

  it('takes no port of the nodes, which it shares with others, and writes to a folder of its own', () => {
    expect(JSON.stringify(objects('a'))).not.toMatch(/"hostNetwork":true|"hostPort"/);
    const written = (name: string) => volumes(name).filter(({ type }) => type === 'DirectoryOrCreate').map(({ path }) => path);
    expect(written('a')).toEqual(['/var/lib/fluentd/boutique-preview-a-monitoring-nodes']);
    expect(written('b')).toEqual(['/var/lib/fluentd/boutique-preview-b-monitoring-nodes']);
  });

  it('speaks of no other: its jobs and rules name its namespaces alone', () => {
    const named = new Set([...JSON.stringify(objects('a')).matchAll(/boutique-preview[-a-z]*/g)].map(([name]) => name));
    for (const name of named) expect(name).toMatch(/^boutique-preview-a($|-)/);
  });
});

describe('the end of a preview environment', () => {
  it('is written on its namespace, and on no other object', () => {
    const text = [...boutiqueApp(make('a'), 'out').renderFiles().values()].join('');
    expect(text.split(EXPIRES)).toHaveLength(2);
    expect(text).toContain(`fairlead.dev/expires: '${EXPIRES}'`);
  });

  it.each(['', 'soon', '2026-01-31', '2026-13-31T12:00:00Z', '2026-01-31T12:00:00+02:00'])('can not be %j', (expires) => {
    expect(() => make('a', expires)).toThrow(`preview-a: expires: got ${JSON.stringify(expires)}; allowed: a date such as 2026-01-31T12:00:00Z`);
    expect(isInstant(expires)).toBe(false);
  });

  it.each([
    [DEFAULT_EXPIRY, '2026-01-04T00:00:00Z'],
    ['3d', '2026-01-04T00:00:00Z'],
    ['1d12h', '2026-01-02T12:00:00Z'],
    ['90m', '2026-01-01T01:30:00Z'],
    ['90d', '2026-04-01T00:00:00Z'],
  ])('is %s after now', (lifetime, end) => expect(expiryAfter(lifetime, new Date('2026-01-01T00:00:00.123Z'))).toBe(end));

  it.each(['', '0h', '30s', '91d', '72', 'h', '-3d', '3 days', '1.5h', '2w', '99999999999d'])('can not be %j after now', (lifetime) => {
    expect(() => expiryAfter(lifetime, new Date(0))).toThrow(`--expires: got ${JSON.stringify(lifetime)}; a length of time from 1m to 90d is allowed, such as 72h, 3d or 1d12h`);
  });
});
