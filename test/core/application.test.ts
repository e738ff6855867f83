import type { Construct } from 'constructs';
import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { all, cron, release, stateful, web, worker } from '../builders';

const deployment = (props: AnyProps) => only(render(web(props)), 'Deployment');
const metadataOf = (props: AnyProps) => deployment(props).metadata as { name: string; labels: Record<string, string>; annotations?: Record<string, string> };

describe('the name', () => {
  it("is the construct's id by default, and may be another", () => {
    expect(Object.keys(render(web({}, 'shop')))).toContain('Deployment/shop');
    expect(Object.keys(render(web({ name: 'front' }, 'shop')))).toContain('Deployment/front');
  });

  it.each<[string, (props: AnyProps, id: string) => (scope: Construct) => unknown, string, number]>([
    ['WebApp', web, 'w', 63], ['Worker', worker, 'w', 63], ['StatefulService', stateful, 's', 52], ['CronTask', cron, 'c', 52], ['ReleaseTask', release, 'r', 52],
  ])('of a %s has a limit that the objects made of it fit in', (type, build, letter, limit) => {
    expect(problemsOf(build({}, letter.repeat(limit)))).toEqual([]);
    const name = letter.repeat(limit + 1);
    expect(problemsOf(build({}, name))[0]).toBe(`[chart/${name}] name: got "${name}"; at most ${limit} characters are allowed in the name of a ${type}, this has ${limit + 1}; shorten it, or set a shorter 'name'`);
  });

  it.each<[unknown, string]>([
    ['MyApp', 'got "MyApp"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    ['', 'got ""; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    ['1st', 'got "1st"; a letter must come first: the name is a Service and so a DNS name'],
    [5, 'got 5; text is allowed; put it in quotes'],
    [null, 'got null; text is allowed'],
  ])('is not %j', (name, message) => expect(problemsOf(web({ name }))).toEqual([`[chart/web] name: ${message}`]));

  it('taken from an id with capitals is refused once', () => {
    expect(problemsOf(web({}, 'WebApp'))).toEqual(['[chart/WebApp] name: got "WebApp"; lower-case letters, digits and "-" are allowed, a letter or digit first and last']);
  });

  it('is unique in its namespace', () => {
    expect(problemsOf(all(web({}, 'a'), worker({ name: 'a' }, 'b')))[0]).toBe("[chart/b] name: got \"a\"; 'chart/a' has that name already in namespace 'shop'; give one of them a 'name' of its own");
  });
});

it('the namespace of the chart is a DNS label', () => {
  expect(problemsOf(web(), { namespace: 'Shop' })).toContain('[chart/web] namespace: got "Shop"; in the namespace of the chart: lower-case letters, digits and "-" are allowed, a letter or digit first and last');
});

describe('labels', () => {
  it('say what it is, and which pods are meant', () => {
    const own = { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'web' };
    expect(metadataOf({}).labels).toEqual({ ...own, 'app.kubernetes.io/managed-by': 'fairlead', 'app.kubernetes.io/version': '1.4.2' });
    expect(deployment({})).toHaveProperty('spec.selector.matchLabels', own);
    expect(templateOf(deployment({})).metadata.labels).toEqual({ ...own, 'app.kubernetes.io/managed-by': 'fairlead' });
  });

  it('name owner and whole where they are given', () => {
    expect(metadataOf({ owner: 'team-a', partOf: 'boutique' }).labels).toMatchObject({ 'fairlead.dev/owner': 'team-a', 'app.kubernetes.io/part-of': 'boutique' });
  });

  it('of the user stand on every object and on the pods', () => {
    const manifests = render(web({ labels: { tier: 'front' } }));
    for (const manifest of Object.values(manifests)) expect(manifest).toHaveProperty('metadata.labels.tier', 'front');
    expect(templateOf(only(manifests, 'Deployment')).metadata.labels.tier).toBe('front');
  });

  it('of the user win over the version taken from the image', () => {
    expect(metadataOf({ labels: { 'app.kubernetes.io/version': '2024' } }).labels).toMatchObject({ 'app.kubernetes.io/version': '2024' });
  });

  it.each<[AnyProps, string]>([
    [{ labels: { 'a b': 'x' } }, 'labels.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [{ labels: { a: 'x y' } }, 'labels.a: got "x y"; letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text'],
    [{ labels: { a: true } }, 'labels.a: got true; text is allowed; put it in quotes'],
    [{ labels: { a: null } }, 'labels.a: got null; text is allowed'],
    [{ labels: 'a=b' }, 'labels: got "a=b"; an object is allowed'],
    [{ labels: { 'app.kubernetes.io/name': 'x' } }, "labels.app.kubernetes.io/name: got \"x\"; the construct sets this label to 'web' and selects pods by it; remove it, or set 'name'"],
    [{ labels: { 'app.kubernetes.io/component': 'x' } }, "labels.app.kubernetes.io/component: got \"x\"; the construct sets this label to 'web' and selects pods by it; remove it"],
    [{ labels: { 'app.kubernetes.io/managed-by': 'helm' } }, "labels.app.kubernetes.io/managed-by: got \"helm\"; the construct sets this label to 'fairlead'; remove it"],
    [{ labels: { 'fairlead.dev/owner': 'b' }, owner: 'a' }, "labels.fairlead.dev/owner: got \"b\"; the construct sets this label to 'a'; remove it, or set 'owner'"],
    [{ labels: { 'app.kubernetes.io/part-of': 'b' }, partOf: 'a' }, "labels.app.kubernetes.io/part-of: got \"b\"; the construct sets this label to 'a'; remove it, or set 'partOf'"],
    [{ owner: '' }, 'owner: got ""; a name is required; leave it out for none'],
    [{ owner: 'Team A' }, 'owner: got "Team A"; letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text'],
    [{ owner: 5 }, 'owner: got 5; text is allowed; put it in quotes'],
    [{ partOf: '-' }, 'partOf: got "-"; letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text'],
  ])('%j are refused', (props, message) => expect(problemsOf(web(props))).toEqual([`[chart/web] ${message}`]));
});

describe('annotations', () => {
  it('there are none by default', () => expect(metadataOf({})).not.toHaveProperty('annotations'));

  it('say what it is for and where to read on', () => {
    expect(metadataOf({ description: 'Sells things.', links: { runbook: 'https://example.com/r' }, annotations: { 'a/b': 'any text\nat all' } }).annotations).toEqual({
      'a/b': 'any text\nat all',
      'fairlead.dev/description': 'Sells things.',
      'fairlead.dev/link.runbook': 'https://example.com/r',
    });
  });

  it('stand on every object but not on the pods, so that they roll none', () => {
    const manifests = render(web({ annotations: { a: 'b' }, config: { A: 'b' } }));
    for (const manifest of Object.values(manifests)) expect(manifest).toHaveProperty('metadata.annotations.a', 'b');
    expect(templateOf(only(manifests, 'Deployment')).metadata).not.toHaveProperty('annotations');
    const template = (props: AnyProps) => templateOf(deployment({ config: { A: 'b' }, ...props }));
    expect(template({ annotations: { a: 'b' }, description: 'x' })).toEqual(template({}));
  });

  it.each<[AnyProps, string]>([
    [{ annotations: { 'a b': 'x' } }, 'annotations.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [{ annotations: { a: 5 } }, 'annotations.a: got 5; text is allowed; put it in quotes'],
    [{ annotations: [] }, 'annotations: got []; an object is allowed'],
    [{ annotations: { 'fairlead.dev/description': 'x' }, description: 'y' }, "annotations.fairlead.dev/description: got \"x\"; 'description' sets this annotation; remove one of the two"],
    [{ annotations: { 'fairlead.dev/link.a': 'x' }, links: { a: 'https://a' } }, "annotations.fairlead.dev/link.a: got \"x\"; 'links' sets this annotation; remove one of the two"],
    [{ description: 5 }, 'description: got 5; text is allowed; put it in quotes'],
    [{ links: { a: 'example' } }, 'links.a: got "example"; a URL is allowed, such as "https://example.com/runbook"'],
    [{ links: { a: 5 } }, 'links.a: got 5; text is allowed; put it in quotes'],
    [{ links: { 'a b': 'https://a' } }, 'links.a b: got "fairlead.dev/link.a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [{ links: 'https://a' }, 'links: got "https://a"; an object is allowed'],
  ])('%j are refused', (props, message) => expect(problemsOf(web(props))).toEqual([`[chart/web] ${message}`]));
});

describe('props', () => {
  it.each([['imge', 'x', 'imge: got "x"; no such prop here; did you mean "image"?'], ['PORTS', 1, 'PORTS: got 1; no such prop here; did you mean "ports"?'], ['frobnicate', {}, 'frobnicate: got {}; no such prop here'], ['constructor', 1, 'constructor: got 1; no such prop here']])('that do not exist are refused: %s', (key, value, message) => {
    expect(problemsOf(web({ [key]: value }))).toEqual([`[chart/web] ${message}`]);
  });
  it('that come from JSON under a special key are refused as any other', () => {
    expect(problemsOf(web(JSON.parse('{"__proto__": {"image": "x"}}') as AnyProps))).toEqual(['[chart/web] __proto__: got {"image":"x"}; no such prop here']);
  });
  it('that are undefined count as left out', () => {
    const left = Object.fromEntries(['name', 'owner', 'labels', 'config', 'env', 'files', 'probes', 'resources', 'security', 'sidecars', 'frobnicate', 'command'].map((key) => [key, undefined]));
    expect(deployment(left)).toEqual(deployment({}));
  });
});

it('many mistakes give many messages at once', () => {
  const problems = problemsOf(
    all(
      web({ image: 'Shop', ports: { http: 0 }, owner: 'Team A', command: 'npm start', env: { 'a-b': 1 }, resources: { requests: { memory: '1GB' } }, probes: { readiness: {} }, repliacs: 3 }),
      cron({ schedule: 'daily', image: 'a', config: { A: 1 }, security: { runAsUser: 0 }, writablePaths: ['tmp'], serviceAccount: 'A' }),
    ),
  );
  expect(problems.filter((problem) => /^\[chart\/(web|cron)\]/.test(problem)).map((problem) => problem.replace(/: .*/, '')).sort()).toEqual([
    ...['config.A', 'image', 'schedule', 'security.runAsUser', 'serviceAccount', 'writablePaths'].map((prop) => `[chart/cron] ${prop}`),
    ...['command', 'env.a-b', 'image', 'owner', 'ports.http', 'probes.readiness', 'repliacs', 'resources.requests.memory'].map((prop) => `[chart/web] ${prop}`),
  ].sort());
});
