import { SchemaValidator } from '../../lib/schema';

const validator = new SchemaValidator('1.34');
const metadata = { name: 'shop' };

describe('custom resources with a schema on board', () => {
  test.each([
    ['keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { name: 'shop' }, triggers: [{ type: 'cpu', metadata: {} }] }],
    ['external-secrets.io/v1', 'ExternalSecret', { secretStoreRef: { name: 'vault' }, target: { name: 'shop' } }],
    ['bitnami.com/v1alpha1', 'SealedSecret', { encryptedData: { key: 'AgB' } }],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', { parentRefs: [{ name: 'edge' }], hostnames: ['shop.example'] }],
    ['cert-manager.io/v1', 'Certificate', { secretName: 'tls', issuerRef: { name: 'ca' }, dnsNames: ['shop.example'] }],
    ['autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' } }],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', { selector: {}, endpoints: [{ port: 'http', interval: '30s' }] }],
    ['monitoring.coreos.com/v1', 'PrometheusRule', { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'up == 0', for: '5m' }] }] }],
    ['monitoring.coreos.com/v1', 'Prometheus', { replicas: 2, retentionSize: '40GB', podMonitorSelector: { matchLabels: { team: 'shop' } } }],
    ['monitoring.coreos.com/v1', 'Alertmanager', { replicas: 2, configSecret: 'alerting' }],
    ['monitoring.googleapis.com/v1', 'PodMonitoring', { selector: { matchLabels: { app: 'shop' } }, endpoints: [{ port: 8080, interval: '30s' }] }],
    ['monitoring.googleapis.com/v1', 'Rules', { groups: [{ name: 'a', rules: [{ alert: 'A', expr: 'up == 0', for: '5m' }] }] }],
  ])('%s %s: a good one is accepted, an unknown field refused', (apiVersion, kind, spec) => {
    expect(validator.validate({ apiVersion, kind, metadata, spec })).toEqual([]);
    expect(validator.validate({ apiVersion, kind, metadata, spec: { ...spec, nonsense_: 1 } })).toEqual([
      { path: 'spec', message: 'unknown field "nonsense_"' },
    ]);
  });

  test('their metadata is that of every object', () => {
    const manifest = { apiVersion: 'keda.sh/v1alpha1', kind: 'TriggerAuthentication', metadata: { nam: 'a' }, spec: {} };
    expect(validator.validate(manifest)).toEqual([
      { path: 'metadata', message: 'unknown field "nam"; did you mean "name"?' },
    ]);
  });

  test('patterns, lengths and ranges hold', () => {
    const spec = { gatewayClassName: '', listeners: [{ name: 'web', port: 0, protocol: 'HTTP', hostname: 'A_' }] };
    const manifest = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata, spec };
    expect(validator.validate(manifest)).toEqual([
      { path: 'spec.gatewayClassName', message: 'must have at least 1 character, got ""' },
      {
        path: 'spec.listeners[0].hostname',
        message:
          'must match ^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$, got "A_"',
      },
      { path: 'spec.listeners[0].port', message: 'must be >= 1, got 0' },
    ]);
  });

  test('case-insensitive patterns of Go work', () => {
    const withAction = (onMissing: string) => ({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata,
      spec: { groups: [{ name: 'a', partial_response_strategy: onMissing }] },
    });
    expect(validator.validate(withAction('WARN'))).toEqual([]);
    expect(validator.validate(withAction('never'))).toHaveLength(1);
  });

  test('versions and kinds that are not on board are not checked', () => {
    expect(validator.validate({ apiVersion: 'keda.sh/v9', kind: 'ScaledObject' })).toBeUndefined();
    expect(validator.validate({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusAgent' })).toBeUndefined();
  });
});

/** A definition as a user's app may have it. */
function definition(openAPIV3Schema: unknown) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'boats.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Boat', plural: 'boats' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}

const boat = (spec: unknown) => ({ apiVersion: 'example.com/v1', kind: 'Boat', metadata, spec });

const boats = definition({
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['sails', 'captain', 'berth'],
      properties: {
        sails: { type: 'integer', format: 'int32', minimum: 0, exclusiveMinimum: true },
        captain: { type: 'string', nullable: true },
        berth: { type: 'string', default: 'A1' },
        draught: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
        cargo: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        crew: { type: 'array', items: { type: 'string', enum: ['cook', 'mate'] } },
        tender: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
        empty: { type: 'object' },
      },
      oneOf: [{ required: ['cargo'] }, { required: ['crew'] }],
    },
  },
});

describe('custom resources whose definition the user brings', () => {
  const extra = new SchemaValidator('1.34', [boats]);
  const good = { sails: 2, captain: null, crew: ['cook'], draught: '2m', tender: { apiVersion: 'v1', kind: 'X', y: 1 } };

  test('the definition itself is a good manifest', () => {
    expect(validator.validate(boats)).toEqual([]);
  });

  test('are checked strictly', () => {
    expect(extra.validate(boat(good))).toEqual([]);
    expect(extra.validate(boat({ ...good, sail: 1, empty: { a: 1 } }))).toEqual([
      { path: 'spec', message: 'unknown field "sail"; did you mean "sails"?' },
      { path: 'spec.empty', message: 'unknown field "a"' },
    ]);
    expect(extra.validate(boat({ ...good, sails: 0, tender: {} }))).toEqual([
      { path: 'spec.sails', message: 'must be > 0, got 0' },
      { path: 'spec.tender', message: 'missing required field "apiVersion"' },
      { path: 'spec.tender', message: 'missing required field "kind"' },
    ]);
  });

  test('a failed choice is one problem', () => {
    expect(extra.validate(boat({ ...good, cargo: {} }))).toEqual([
      { path: 'spec', message: 'must match exactly one of [{"required":["cargo"]},{"required":["crew"]}], got an object' },
    ]);
    expect(extra.validate(boat({ ...good, crew: undefined }))).toEqual([
      { path: 'spec', message: 'must match exactly one of [{"required":["cargo"]},{"required":["crew"]}], got an object' },
    ]);
  });

  test('null is a value where it is allowed, and unset elsewhere', () => {
    expect(extra.validate(boat({ ...good, draught: null }))).toEqual([]);
    expect(extra.validate(boat({ ...good, sails: null }))).toEqual([
      { path: 'spec', message: 'missing required field "sails"' },
    ]);
  });

  test('are unknown to other validators', () => {
    expect(validator.validate(boat(good))).toBeUndefined();
  });

  test('win over the ones on board', () => {
    const scaled = definition({ type: 'object' });
    Object.assign(scaled.spec, { group: 'keda.sh', names: { kind: 'ScaledObject', plural: 'scaledobjects' } });
    Object.assign(scaled.spec.versions[0] ?? {}, { name: 'v1alpha1' });
    const manifest = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata, extra: true };
    expect(new SchemaValidator('1.34', [scaled]).validate(manifest)).toEqual([
      { path: '', message: 'unknown field "extra"' },
    ]);
  });

  test('a schema that cannot be compiled is told', () => {
    const broken = new SchemaValidator('1.34', [definition({ type: 'object', properties: { spec: { type: 'boat' } } })]);
    expect(broken.validate(boat({}))).toEqual([
      {
        path: '',
        message:
          'the CustomResourceDefinition of this kind has no valid schema: type must be JSONType or JSONType[]: boat',
      },
    ]);
  });

  test('what is no definition is passed over', () => {
    expect(new SchemaValidator('1.34', [null, {}, { spec: { versions: 'x' } }]).validate(boat(good))).toBeUndefined();
  });
});
