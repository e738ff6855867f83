import type { Construct } from 'constructs';
import { Duration } from 'cdk8s';
import fc, { type Arbitrary } from 'fast-check';
import { allOfConfig, fileFromSecret, fromField, fromSecret, Volume, type JsonObject } from '../../lib';
import { OWNERSHIP_KEYS } from '../../lib/core/application';
import { POD_KEYS } from '../../lib/pod/pod-template';
import { SIDECAR_KEYS } from '../../lib/pod/sidecar';
import { SchemaValidator } from '../../lib/schema';
import { problemsOf, render, type AnyProps } from '../support';
import { cron, IMAGE, release, stateful, web, worker } from '../builders';

const some = (arbitraries: Record<string, Arbitrary<unknown>>): Arbitrary<AnyProps> => fc.record(arbitraries, { requiredKeys: [] });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const variable = fc.stringMatching(/^[A-Z]{1,8}$/);
const texts = fc.dictionary(word, word, { maxKeys: 3 });
const quantity = fc.constantFrom('100m', '1', '250m');
const memory = fc.constantFrom('64Mi', '128Mi', '1Gi');
const seconds = fc.oneof(fc.integer({ min: 1, max: 9 }).map((count) => `${count}s`), fc.constant(Duration.seconds(3)));
const times = { initialDelay: seconds, period: seconds, timeout: seconds, failureThreshold: fc.integer({ min: 1, max: 9 }) };
const probe = fc.tuple(fc.constantFrom({ http: '/x' }, { grpc: true }, { tcp: true }, { exec: ['x'] }), some(times)).map(([handler, rest]) => ({ ...handler, ...rest }));
const probes = some({ readiness: fc.oneof(probe, fc.constant(false)), liveness: fc.oneof(probe, fc.constant(false)), startup: fc.oneof(probe, fc.constant(false)) });

const container = (prefix: string) => ({
  imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent', 'Never'),
  command: fc.array(word, { maxLength: 2 }),
  args: fc.array(word, { maxLength: 2 }),
  workingDir: word.map((name) => `/${name}`),
  env: fc.dictionary(variable.map((name) => `E_${name}`), fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(fromSecret('s', 'k')), fc.constant(fromField('metadata.name'))), { maxKeys: 3 }),
  envFrom: fc.array(fc.constant(allOfConfig('c')), { maxLength: 1 }),
  config: fc.dictionary(variable.map((name) => `C_${name}`), word, { maxKeys: 3 }),
  files: fc.dictionary(word.map((name) => `/files/${name}`), fc.oneof(word, fc.uint8Array({ maxLength: 4 }), fc.constant(fileFromSecret('s', 'k'))), { maxKeys: 3 }),
  mounts: fc.constantFrom({}, { '/mounts/a': Volume.emptyDir(`${prefix}a`) }, { '/mounts/b': { volume: Volume.secret(`${prefix}b`, 's'), readOnly: true } }),
  writablePaths: fc.uniqueArray(word.map((name) => `/writable/${name}`), { maxLength: 3 }),
  resources: some({ requests: some({ cpu: quantity, memory: fc.constant('64Mi') }), limits: some({ cpu: fc.constant('2'), memory, extended: fc.constant({ 'nvidia.com/gpu': 1 }) }) }),
});

const full = (arbitraries: Record<string, Arbitrary<unknown>>) => some(arbitraries).map((props) => ({ image: IMAGE, ...props }));
const podProps = {
  ...container('main-'),
  containerName: word,
  owner: word, partOf: word, description: fc.string(), links: texts.map((map) => Object.fromEntries(Object.keys(map).map((name) => [name, 'https://example.com']))), labels: texts, annotations: texts,
  nodeSelector: texts, tolerations: fc.array(fc.constant({ key: 'a', operator: 'Exists' }), { maxLength: 2 }), priorityClassName: word, spot: fc.constantFrom('prefer', 'require'),
  serviceAccount: word, permissions: fc.array(fc.constant({ apiGroups: [''], resources: ['pods'], verbs: ['get'] }), { maxLength: 2 }),
  security: some({ runAsUser: fc.integer({ min: 1, max: 9999 }), runAsGroup: fc.nat(9999), fsGroup: fc.nat(9999), supplementalGroups: fc.array(fc.nat(9999), { maxLength: 2 }), readOnlyRootFilesystem: fc.boolean(), bindLowPorts: fc.boolean() }),
  imagePullSecrets: fc.array(word, { maxLength: 2 }), podLabels: texts, podAnnotations: texts,
  sidecars: fc.constantFrom(0, 1).chain((count) => (count === 0 ? fc.constant({}) : full({ ...container('side-'), probes: some({ liveness: fc.constant({ exec: ['x'] }) }), ports: fc.constantFrom({}, { 'side-port': 9999 }) }).map((side) => ({ 'side-car': side })))),
  initContainers: fc.constantFrom(0, 1).chain((count) => (count === 0 ? fc.constant({}) : full(container('init-')).map((init) => ({ 'init-one': init })))),
  shutdown: some({ drain: seconds }),
};

const builders: Record<string, [(props: AnyProps) => (scope: Construct) => unknown, Arbitrary<AnyProps>]> = {
  WebApp: [web, some({ ...podProps, probes })],
  Worker: [worker, some({ ...podProps, ports: fc.constant({ metrics: 9090 }) })],
  StatefulService: [stateful, some({ ...podProps, probes })],
  CronTask: [cron, some(podProps)],
  ReleaseTask: [release, some(podProps)],
};

/** Empty maps and lists that Kubernetes gives a meaning. */
const MEANT = /(emptyDir|podSelector|resources\.requests)$/;

function hollow(value: unknown, path = ''): string[] {
  if (value === undefined || value === null) return [path];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return MEANT.test(path) ? [] : [path];
  return entries.flatMap(([key, inner]) => hollow(inner, `${path}.${key}`));
}

describe.each(Object.entries(builders))('any good props of a %s', (_, [build, props]) => {
  it.each(['1.30', '1.36'] as const)('render what Kubernetes %s takes, and nothing hollow', (version) => {
    const validator = new SchemaValidator(version);
    fc.assert(
      fc.property(props, (given) => {
        for (const manifest of Object.values(render((chart) => void build(given)(chart), { kubernetesVersion: version }))) {
          expect(validator.validate(manifest)).toEqual([]);
          expect(hollow(manifest)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('any junk', () => {
  class Odd {}
  const JUNK: readonly unknown[] = [null, 5, -1, Number.NaN, '', 'text', true, false, [], [null], [5], [{}], {}, { a: null }, { a: 5 }, { a: {} }, { a: [] }, { '': '' }, new Odd(), new Map([[1, 2]]), () => 1, Symbol('s'), 5n, JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}')];
  const plain = (build: (scope: Construct) => unknown): JsonObject | undefined => {
    try {
      return render((chart) => void build(chart));
    } catch {
      return undefined;
    }
  };

  /** Values that say the same as leaving the prop out. */
  const SAME: Readonly<Record<string, readonly unknown[]>> = {
    false: ['mountServiceAccountToken', 'networkPolicy'],
  };
  const keys = Object.keys({ ...OWNERSHIP_KEYS, ...POD_KEYS }).filter((key) => !['connectsTo', 'egress', 'networkPolicy'].includes(key));

  it.each(keys)('as %s is reported or rendered, and never breaks the program', (key) => {
    const usual = plain(web());
    for (const value of JUNK) {
      const build = web({ [key]: value });
      const problems = problemsOf(build);
      const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      const said = SAME[String(value)]?.includes(key) ?? false;
      if (problems.length === 0 && !empty && !said) expect(plain(build)).not.toEqual(usual);
    }
  });

  it.each(Object.keys(SIDECAR_KEYS))('as %s of a sidecar too', (key) => {
    const usual = plain(web({ sidecars: { a: { image: IMAGE } } }));
    for (const value of JUNK) {
      const build = web({ sidecars: { a: { image: IMAGE, [key]: value } } });
      const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      if (problemsOf(build).length === 0 && !empty) expect(plain(build)).not.toEqual(usual);
    }
  });

  it.each(['readiness', 'http', 'grpc', 'tcp', 'exec', 'period', 'failureThreshold'])('in %s of a probe too', (key) => {
    for (const value of JUNK) {
      const probe = key === 'readiness' ? value : { tcp: key === 'period' || key === 'failureThreshold' ? true : undefined, [key]: value };
      expect(() => problemsOf(web({ probes: { readiness: probe } }))).not.toThrow();
    }
  });
});
