import { ApiObject, App as PlainApp, Chart, JsonPatch, Lazy, Testing, type IResolver, type ResolutionContext } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { App, Manifest, type JsonObject, type ManifestOptions } from '../../lib';
import { applyPatch, isPatch, type Patch } from '../../lib/core/patch';
import { jsonOf, only, problemsOf, render } from '../support';
import { release, web } from '../builders';

const configMap = (data: JsonObject, options: ManifestOptions = {}, chart: Chart = Testing.chart()) =>
  new Manifest(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data }, options);

describe('a patch', () => {
  it('merges maps, replaces lists and scalars, and removes by null (RFC 7386)', () => {
    const manifest = { a: { b: 1, c: 2 }, list: [1, 2], gone: { deep: true } };
    expect(applyPatch(manifest, { a: { b: 3, d: { e: null, f: 1 } }, list: [3], gone: null, new: 'x' })).toEqual({ a: { b: 3, c: 2, d: { f: 1 } }, list: [3], new: 'x' });
    expect(manifest).toEqual({ a: { b: 1, c: 2 }, list: [1, 2], gone: { deep: true } });
  });
  it('puts a map in the place of anything else', () => expect(applyPatch({ a: [1], b: 'x' }, { a: { c: 1 }, b: { d: 1 } })).toEqual({ a: { c: 1 }, b: { d: 1 } }));
  it('changes nothing where it says undefined', () => expect(applyPatch({ a: 1 }, { a: undefined })).toEqual({ a: 1 }));
  it('keeps keys that JavaScript holds to be special', () => {
    const patched = applyPatch({}, JSON.parse('{"data": {"__proto__": "x", "constructor": "y"}}') as Patch) as { data: object };
    expect(Object.entries(patched.data)).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
  });
  it('may be a list of operations (RFC 6902), which leave the original as it is', () => {
    const manifest = { list: [{ a: 1 }] };
    expect(applyPatch(manifest, [JsonPatch.add('/list/0/b', 2), JsonPatch.remove('/list/0/a')])).toEqual({ list: [{ b: 2 }] });
    expect(manifest).toEqual({ list: [{ a: 1 }] });
  });
  it.each([[{}, true], [[], true], [[JsonPatch.remove('/a')], true], [[{ _toJson: () => ({}) }], true], [[{ op: 'remove' }], false], ['x', false], [null, false], [5, false]])('%j is one: %p', (value, is) => expect(isPatch(value)).toBe(is));
});

describe('a manifest', () => {
  it('keeps the order in which its fields were written, after apiVersion, kind and metadata', () => {
    const json = jsonOf(new Manifest(Testing.chart(), 'x', { metadata: { name: 'a', annotations: { z: '1', b: '2' } }, zebra: 1, apiVersion: 'v1', kind: 'X', alpha: { z: 1, a: 2 } }));
    expect(JSON.stringify(json)).toBe('{"apiVersion":"v1","kind":"X","metadata":{"name":"a","annotations":{"b":"2","z":"1"}},"zebra":1,"alpha":{"z":1,"a":2}}');
  });

  it('loses no field that has a value, and keeps none that has none', () => {
    const data = { zero: 0, empty: '', no: false, object: {}, list: [], none: null, gone: undefined, inList: [{ a: undefined, b: {} }, 0] };
    expect(jsonOf(configMap(data)).data).toEqual({ zero: 0, empty: '', no: false, object: {}, list: [], inList: [{ b: {} }, 0] });
    expect(Object.keys(jsonOf(configMap(data)).data as object)).toEqual(['zero', 'empty', 'no', 'object', 'list', 'inList']);
  });

  it('keeps keys that JavaScript holds to be special', () => {
    expect(Object.entries(jsonOf(configMap(JSON.parse('{"__proto__": "x", "constructor": "y"}') as JsonObject)).data as object)).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
    expect(jsonOf(new Manifest(Testing.chart(), 'x', { apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, constructor: 1, toString: 2 } as never))).toMatchObject({ constructor: 1, toString: 2 });
  });

  it('resolves tokens late', () => {
    let value = 1;
    const object = configMap({ lazy: Lazy.any({ produce: () => ({ nested: Lazy.any({ produce: () => value }) }) }), implicit: { resolve: () => 'x' } });
    value = 2;
    expect(jsonOf(object).data).toEqual({ lazy: { nested: 2 }, implicit: 'x' });
  });

  it('renders the classes that cdk8s generates for numbers and text by their value', () => {
    expect(jsonOf(configMap({ size: k8s.Quantity.fromString('1Gi'), port: k8s.IntOrString.fromNumber(80) })).data).toEqual({ size: '1Gi', port: 80 });
  });

  it('is seen by the resolvers that an app brings', () => {
    const resolver: IResolver = { resolve: (context: ResolutionContext) => void (context.value === 'secret' && context.replaceValue(`${context.key.join('/')} of ${context.obj.kind}`)) };
    const chart = new Chart(new App({ resolvers: [resolver] }), 'chart');
    expect(jsonOf(configMap({ a: ['x', 'secret'] }, { patch: { data: { b: 'secret' } } }, chart)).data).toEqual({ a: ['x', 'data/a/1 of ConfigMap'], b: 'data/b of ConfigMap' });
  });

  it('takes what a resolver puts in the place of a class, also of one with a value', () => {
    class Token {
      public readonly value = 'token';
    }
    const resolver: IResolver = { resolve: (context: ResolutionContext) => void (context.value instanceof Token && context.replaceValue('resolved')) };
    expect(jsonOf(configMap({ a: new Token() }, {}, new Chart(new App({ resolvers: [resolver] }), 'chart'))).data).toEqual({ a: 'resolved' });
  });

  it.each<[string, unknown, string]>([
    ['an instance of a class', new Map(), 'a Map'],
    ['a function', () => 1, 'a function'],
  ])('with %s in it is refused, with the place', (_, value, shown) => {
    expect(() => jsonOf(configMap({ deep: [value] }))).toThrow(`[test/object] data.deep.0: got ${shown}; plain data is allowed`);
  });

  it('takes labels, annotations, finalizers and dependencies as every ApiObject does', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop', labels: { team: 'a', of: 'chart' } });
    const object = new Manifest(chart, 'x', { apiVersion: 'v1', kind: 'X', metadata: { name: 'a', labels: { team: 'b' } } });
    object.metadata.addLabel('more', '1');
    object.metadata.addAnnotation('note', '2');
    object.metadata.addFinalizers('x/y');
    object.addDependency(new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'Y' }));
    expect(jsonOf(object).metadata).toEqual({ name: 'a', namespace: 'shop', labels: { team: 'b', of: 'chart', more: '1' }, annotations: { note: '2' }, finalizers: ['x/y'] });
    expect(object.node.dependencies).toHaveLength(1);
  });

  it('of a kind that stands in no namespace gets none from its chart', () => {
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'shop' });
    expect(jsonOf(new Manifest(chart, 'x', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } })).metadata).toEqual({ name: 'a' });
  });

  it('takes a patch, then JSON patch operations', () => {
    const object = configMap({ a: '1', b: '1' }, { patch: { data: { a: '2', b: null, c: Lazy.any({ produce: () => '3' }) } } });
    object.addJsonPatch(JsonPatch.add('/data/d', '4'));
    object.addJsonPatch(JsonPatch.replace('/data/a', '5'));
    expect(jsonOf(object).data).toEqual({ a: '5', c: '3', d: '4' });
  });

  it('loses by null what its chart put on it', () => {
    const chart = new Chart(Testing.app(), 'chart', { labels: { team: 'a' } });
    expect(jsonOf(configMap({}, { patch: { metadata: { labels: { team: null, other: 'x' } } } }, chart)).metadata).toEqual({ name: 'a', labels: { other: 'x' } });
  });

  it.each<[JsonPatch, string]>([
    [JsonPatch.replace('/data/x', 1), 'got {"op":"replace","path":"/data/x"}; there is no "/data/x" in the object'],
    [JsonPatch.remove('/data/x'), 'got {"op":"remove","path":"/data/x"}; there is no "/data/x" in the object'],
    [JsonPatch.remove('/data/constructor'), 'got {"op":"remove","path":"/data/constructor"}; there is no "/data/constructor" in the object'],
    [JsonPatch.add('/nowhere/x', 1), 'got {"op":"add","path":"/nowhere/x"}; there is no "/nowhere/x" in the object'],
    [JsonPatch.move('/data/x', '/data/y'), 'got {"op":"move","path":"/data/y"}; there is no "/data/x" in the object'],
    [JsonPatch.test('/data/a', 'b'), 'got {"op":"test","path":"/data/a"}; Test operation failed'],
    [JsonPatch.add('/data/list/7', 1), 'got {"op":"add","path":"/data/list/7"}; there is no "/data/list/7" in the object'],
  ])('says which operation does not fit: %j', (operation, message) => {
    const object = configMap({ a: 'a', list: [] });
    object.addJsonPatch(operation);
    expect(() => jsonOf(object)).toThrow(`[test/object] patch: ${message}`);
  });

  it('takes operations on keys with "/" and "~" in them', () => {
    const object = configMap({ 'a/b~c': 1 });
    object.addJsonPatch(JsonPatch.replace('/data/a~1b~0c', 2), JsonPatch.add('/data/list', []), JsonPatch.add('/data/list/-', 3), JsonPatch.copy('/data/list', '/data/copy'));
    expect(jsonOf(object).data).toEqual({ 'a/b~c': 2, list: [3], copy: [3] });
  });

  it('keeps its name: others refer to it', () => {
    expect(() => jsonOf(configMap({}, { patch: { metadata: { name: 'b' } } }))).toThrow("[test/object] patch: got metadata.name \"b\"; others refer to this object as 'a'; set the name on the construct instead");
    expect(() => jsonOf(configMap({}, { patch: { metadata: null } }))).toThrow("[test/object] patch: got metadata.name nothing; others refer to this object as 'a'; set the name on the construct instead");
  });
});

describe('a name with a hash', () => {
  const hashed = (data: JsonObject, options: ManifestOptions = {}) => configMap(data, { ...options, hashedName: true }).name;

  it('is rendered as it is said', () => {
    const object = configMap({ a: '1' }, { hashedName: true });
    expect(object.name).toMatch(/^a-[0-9a-f]{10}$/);
    expect(jsonOf(object).metadata).toEqual({ name: object.name });
  });
  it('changes with the content, and comes back with it', () => {
    const [first, second, third] = [hashed({ a: '1' }), hashed({ a: '2' }), hashed({ a: '1' })];
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  });
  it('does not depend on the order of keys', () => expect(hashed({ a: '1', b: '2' })).toBe(hashed({ b: '2', a: '1' })));
  it('changes with a patch of either form', () => {
    const names = [hashed({ a: '1' }), hashed({ a: '1' }, { patch: { data: { a: '2' } } }), hashed({ a: '1' }, { patch: [JsonPatch.add('/data/b', '2')] })];
    expect(new Set(names).size).toBe(3);
    expect(hashed({ a: '1' }, { patch: { data: { a: '2' } } })).toBe(hashed({ a: '2' }));
  });
  it('does not change with metadata, which may change on the object that stands', () => expect(hashed({ a: '1' }, { patch: { metadata: { labels: { b: '2' } } } })).toBe(hashed({ a: '1' })));
  it('sees what tokens stand for', () => {
    expect(hashed({ a: Lazy.any({ produce: () => '1' }) })).toBe(hashed({ a: '1' }));
    expect(hashed({ a: Lazy.any({ produce: () => '2' }) })).not.toBe(hashed({ a: '1' }));
  });
  it('allows no JSON patch afterwards, which would not be in it', () => {
    expect(() => configMap({}, { hashedName: true }).addJsonPatch(JsonPatch.add('/x', 1))).toThrow("[test/object] addJsonPatch: the name carries a hash of the content, so later changes would not be in it; use the 'patches' prop of the construct instead");
  });
  it('with a patch that does not fit is reported when it is rendered, not before', () => {
    const object = configMap({}, { hashedName: true, patch: [JsonPatch.remove('/x/y')] });
    expect(() => jsonOf(object)).toThrow(/^\[test\/object\] patch: /);
  });
});

describe("a construct's patches", () => {
  const patched = (patches: object) => only(render(web({ patches })), 'Deployment');

  it('change the object of that property and no other', () => {
    const manifests = render(web({ patches: { deployment: { spec: { paused: true } }, service: { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } } } }));
    expect(only(manifests, 'Deployment')).toMatchObject({ spec: { paused: true, replicas: 2 } });
    expect(only(manifests, 'Service').metadata).toMatchObject({ labels: { 'app.kubernetes.io/name': 'web' } });
    expect(only(manifests, 'Service')).not.toHaveProperty(['metadata', 'labels', 'app.kubernetes.io/managed-by']);
  });
  it('reach fields that are newer than the vocabulary of cdk8s-plus', () => {
    const spec = patched({ deployment: { spec: { template: { spec: { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } } } } } });
    expect(spec).toHaveProperty('spec.template.spec.securityContext.appArmorProfile', { type: 'RuntimeDefault' });
    expect(spec).toHaveProperty('spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds', 5);
  });
  it('reach into lists by JSON patch', () => {
    expect(patched({ deployment: [JsonPatch.add('/spec/template/spec/containers/0/stdin', true)] })).toHaveProperty('spec.template.spec.containers[0].stdin', true);
  });
  it('remove by null', () => expect(patched({ deployment: { spec: { minReadySeconds: null } } })).not.toHaveProperty('spec.minReadySeconds'));
  it('give a release task another name, as every change to its content does', () => {
    const nameOf = (patches: object) => (only(render(release({ patches })), 'Job').metadata as { name: string }).name;
    expect(nameOf({ job: { spec: { backoffLimit: 1 } } })).not.toBe(nameOf({}));
    expect(nameOf({ job: { metadata: { annotations: { a: 'b' } } } })).toBe(nameOf({}));
  });
  it('are refused for objects that are not made', () => {
    expect(problemsOf(web({ patches: { deploymnet: {}, constructor: {} } }))).toEqual([
      '[chart/web] patches.deploymnet: got a patch for an object that is not made here; this WebApp makes serviceAccount, deployment, podDisruptionBudget, service and networkPolicy; did you mean "deployment"?',
      '[chart/web] patches.constructor: got a patch for an object that is not made here; this WebApp makes serviceAccount, deployment, podDisruptionBudget, service and networkPolicy',
    ]);
  });
  it.each<[unknown]>([['x'], [null], [5], [['x']], [[{ op: 'remove', path: '/a' }]]])('are refused when they are none: %j', (patch) => {
    expect(problemsOf(web({ patches: { deployment: patch } }))).toEqual([`[chart/web] patches.deployment: got ${JSON.stringify(patch)}; an object to merge in, or a list of JsonPatch operations, is allowed`]);
  });
  it.each([['x'], [null], [[]]])('are refused when they are no object: %j', (patches) => expect(problemsOf(web({ patches }))).toEqual([`[chart/web] patches: got ${JSON.stringify(patches)}; an object is allowed`]));
});

it('works in a plain app of cdk8s', () => {
  const app = new PlainApp();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  web()(chart);
  expect((Testing.synth(chart) as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual(['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'ServiceAccount']);
});
