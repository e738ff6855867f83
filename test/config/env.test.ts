import { Lazy, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { allOfConfig, allOfSecret, ExternalSecret, fromConfig, fromField, fromResource, fromSecret, SealedSecret, type EnvFromOptions, type EnvSource } from '../../lib';
import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { release, web } from '../builders';
import { sealed } from './sealed';

const main = (props: AnyProps | ((chart: Chart) => AnyProps)) => {
  const manifests = render((chart) => void web(typeof props === 'function' ? props(chart) : props)(chart));
  return templateOf(only(manifests, 'Deployment')).spec.containers[0]!;
};
const env = (value: unknown) => main({ env: { A: value } }).env![0];
const refused = (props: AnyProps) => problemsOf(web(props));

describe('env', () => {
  it('is left out by default', () => expect(main({})).not.toHaveProperty('env'));
  it('keeps its order', () => expect(main({ env: { B: '1', A: '2', C: '3' } }).env).toEqual([{ name: 'B', value: '1' }, { name: 'A', value: '2' }, { name: 'C', value: '3' }]));
  it.each<[unknown, string]>([['text', 'text'], ['', ''], [5, '5'], [0, '0'], [1.5, '1.5'], [true, 'true'], [false, 'false']])('%j is rendered as text', (value, text) => expect(env(value)).toEqual({ name: 'A', value: text }));
  it('takes names that JavaScript holds to be special', () => expect(main({ env: JSON.parse('{"constructor": "a", "__proto__": "b"}') }).env).toEqual([{ name: 'constructor', value: 'a' }, { name: '__proto__', value: 'b' }]));
  it('resolves tokens', () => expect(env(Lazy.any({ produce: () => 'late' }))).toEqual({ name: 'A', value: 'late' }));

  it.each<[string, EnvSource, object]>([
    ['a key of a Secret', fromSecret('db', 'password'), { secretKeyRef: { name: 'db', key: 'password' } }],
    ['a key of a Secret that may be missing', fromSecret('db', 'password', { optional: true }), { secretKeyRef: { name: 'db', key: 'password', optional: true } }],
    ['a key of a ConfigMap', fromConfig('settings', 'level', { optional: false }), { configMapKeyRef: { name: 'settings', key: 'level', optional: false } }],
    ['a field of the pod', fromField('status.podIP'), { fieldRef: { fieldPath: 'status.podIP' } }],
    ['a label of the pod', fromField("metadata.labels['app.kubernetes.io/name']"), { fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/name']" } }],
    ['a limit of the container', fromResource('limits.memory'), { resourceFieldRef: { resource: 'limits.memory' } }],
    ['a request in other units', fromResource('requests.cpu', '1m'), { resourceFieldRef: { resource: 'requests.cpu', divisor: '1m' } }],
    ['huge pages', fromResource('limits.hugepages-2Mi', '1Mi'), { resourceFieldRef: { resource: 'limits.hugepages-2Mi', divisor: '1Mi' } }],
  ])('takes %s', (_, source, valueFrom) => expect(env(source)).toEqual({ name: 'A', valueFrom }));

  it('takes Secrets and ConfigMaps as constructs', () => {
    const { env: rendered } = main((chart) => ({
      env: {
        A: fromSecret(new ExternalSecret(chart, 'vault', { store: 'vault', keys: { k: 'k' } }), 'k'),
        B: fromSecret(new SealedSecret(chart, 'sealed', { encryptedData: { k: sealed() } }), 'k'),
        C: fromSecret(new kplus.Secret(chart, 'plus', { metadata: { name: 'plus' } }), 'k'),
        D: fromConfig(kplus.ConfigMap.fromConfigMapName(chart, 'imported', 'elsewhere'), 'k'),
      },
    }));
    expect(rendered!.map(({ valueFrom }) => Object.values(valueFrom as object)[0])).toEqual([{ name: 'vault', key: 'k' }, { name: 'sealed', key: 'k' }, { name: 'plus', key: 'k' }, { name: 'elsewhere', key: 'k' }]);
  });

  it("takes every EnvValue of cdk8s-plus", () => {
    process.env.FAIRLEAD_TEST = 'from the process';
    const { env: rendered } = main((chart) => ({
      env: {
        A: kplus.EnvValue.fromValue('a'),
        B: kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'c', 'config'), 'k', { optional: true }),
        C: kplus.EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(chart, 's', 'secret'), key: 'k' }),
        D: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
        E: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' }),
        F: kplus.EnvValue.fromProcess('FAIRLEAD_TEST'),
      },
    }));
    expect(rendered).toEqual([
      { name: 'A', value: 'a' },
      { name: 'B', valueFrom: { configMapKeyRef: { name: 'config', key: 'k', optional: true } } },
      { name: 'C', valueFrom: { secretKeyRef: { name: 'secret', key: 'k' } } },
      { name: 'D', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
      { name: 'F', value: 'from the process' },
    ]);
  });

  const FORM = 'text, a number, true, false or a source such as fromSecret(name, key) is allowed';
  it.each<[unknown, string]>([[{}, '{}'], [[1], '[1]'], [null, 'null'], [Number.NaN, 'NaN'], [Infinity, 'Infinity'], [() => 1, 'a function'], [new Date(0), 'a Date'], [Symbol('x'), 'Symbol(x)']])('%p is refused', (value, shown) => {
    expect(refused({ env: { A: value } })).toEqual([`[chart/web] env.A: got ${shown}; ${FORM}`]);
  });

  it.each<[AnyProps, string]>([
    [{ env: { 'a-b': 'x' } }, 'env.a-b: got "a-b"; letters, digits and "_" are allowed, no digit first'],
    [{ env: { '1A': 'x' } }, 'env.1A: got "1A"; letters, digits and "_" are allowed, no digit first'],
    [{ env: ['A=b'] }, 'env: got ["A=b"]; an object is allowed'],
    [{ env: { A: fromSecret('Db', 'k') } }, 'env.A.secret: got "Db"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ env: { A: fromSecret(undefined as never, 'k') } }, 'env.A.secret: got nothing; text is allowed'],
    [{ env: { A: fromSecret({} as never, 'k') } }, 'env.A.secret: got nothing; text is allowed'],
    [{ env: { A: fromSecret('db', '') } }, 'env.A.key: got ""; letters, digits, "-", "_" and "." are allowed, 253 characters at most'],
    [{ env: { A: fromSecret('db', 5 as never) } }, 'env.A.key: got 5; text is allowed; put it in quotes'],
    [{ env: { A: fromSecret('db', 'k', { optinal: true } as never) } }, 'env.A.options.optinal: got true; no such prop here; did you mean "optional"?'],
    [{ env: { A: fromSecret('db', 'k', { optional: 'yes' as never }) } }, 'env.A.options.optional: got "yes"; true and false are allowed'],
    [{ env: { A: fromConfig('-', 'k') } }, 'env.A.configMap: got "-"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [{ env: { A: fromField('metadata.labels') } }, "env.A.field: got \"metadata.labels\"; one of metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, metadata.labels['…'] and metadata.annotations['…'] is allowed"],
    [{ env: { A: fromField(5 as never) } }, 'env.A.field: got 5; text is allowed; put it in quotes'],
    [{ env: { A: fromResource('limits.gpu') } }, 'env.A.resource: got "limits.gpu"; one of limits.cpu, limits.memory, limits.ephemeral-storage, requests.cpu, requests.memory, requests.ephemeral-storage is allowed'],
    [{ env: { A: fromResource('limits.cpu', '1Mi') } }, 'env.A.divisor: got "1Mi"; one of 1, 1m is allowed'],
    [{ env: { A: fromResource('limits.memory', '1m') } }, 'env.A.divisor: got "1m"; one of 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei is allowed'],
  ])('%j is refused', (props, message) => expect(refused(props)[0]).toBe(`[chart/web] ${message}`));
});

describe('envFrom', () => {
  it.each<[string, unknown, object]>([
    ['a ConfigMap', allOfConfig('settings'), { configMapRef: { name: 'settings' } }],
    ['a Secret', allOfSecret('db'), { secretRef: { name: 'db' } }],
    ['a Secret that may be missing, with a prefix', allOfSecret({ name: 'db' }, { prefix: 'DB_', optional: true }), { prefix: 'DB_', secretRef: { name: 'db', optional: true } }],
  ])('takes %s', (_, source, rendered) => expect(main({ envFrom: [source] }).envFrom).toEqual([rendered]));

  it('takes ConfigMaps and Secrets of cdk8s-plus, made here or elsewhere', () => {
    const { envFrom } = main((chart) => ({
      envFrom: [new kplus.ConfigMap(chart, 'c', { metadata: { name: 'made' } }), kplus.ConfigMap.fromConfigMapName(chart, 'ci', 'config'), new kplus.Secret(chart, 's', { metadata: { name: 'made' } }), kplus.Secret.fromSecretName(chart, 'si', 'secret')],
    }));
    expect(envFrom).toEqual([{ configMapRef: { name: 'made' } }, { configMapRef: { name: 'config' } }, { secretRef: { name: 'made' } }, { secretRef: { name: 'secret' } }]);
  });

  it('comes after the own config, so that it wins', () => {
    expect(main({ config: { A: 'b' }, envFrom: [allOfConfig('settings')] }).envFrom).toEqual([{ configMapRef: { name: expect.stringMatching(/^web-config-/) as string } }, { configMapRef: { name: 'settings' } }]);
  });

  const FORM = 'allOfConfig(…), allOfSecret(…), or a ConfigMap or Secret of cdk8s-plus is allowed';
  it.each<[unknown, string]>([
    [['db'], `envFrom[0]: got "db"; ${FORM}`],
    [[null], `envFrom[0]: got null; ${FORM}`],
    [[{ kind: 'Pod', name: 'x' }], `envFrom[0]: got {"kind":"Pod","name":"x"}; ${FORM}`],
    [allOfSecret('db'), 'envFrom: got a EnvFrom; a list is allowed'],
    [[allOfSecret('Db')], 'envFrom[0].secret: got "Db"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [[allOfConfig('c', { prefix: '1' })], 'envFrom[0].prefix: got "1"; letters, digits and "_" are allowed, no digit first'],
    [[allOfConfig('c', { prefx: 'A' } as EnvFromOptions)], 'envFrom[0].options.prefx: got "A"; no such prop here; did you mean "prefix"?'],
  ])('%j is refused', (envFrom, message) => expect(refused({ envFrom })).toEqual([`[chart/web] ${message}`]));
});

it('a variable from a token is part of the content that a release task is named after', () => {
  const name = (value: string) => (only(render(release({ env: { A: Lazy.any({ produce: () => value }) } })), 'Job').metadata as { name: string }).name;
  expect(name('a')).not.toBe(name('b'));
  expect(name('a')).toBe(name('a'));
});
