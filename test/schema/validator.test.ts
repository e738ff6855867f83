import { KUBERNETES_VERSIONS, SchemaValidator, type KubernetesVersion } from '../../lib/schema';
import { deployment, goodManifests, type Manifest } from './manifests';

const validator = new SchemaValidator('1.33');

function problemsOf(change: (manifest: Manifest) => void, version: KubernetesVersion = '1.33') {
  const manifest = deployment();
  change(manifest);
  return new SchemaValidator(version).validate(manifest);
}

const firstContainer = (manifest: Manifest) => manifest.spec.template.spec.containers[0];

describe.each(KUBERNETES_VERSIONS)('Kubernetes %s', (version) => {
  test.each(goodManifests().map((manifest) => [manifest.kind, manifest]))('accepts a good %s', (_kind, manifest) => {
    expect(new SchemaValidator(version).validate(manifest)).toEqual([]);
  });

  test('refuses a misspelled field', () => {
    expect(problemsOf((manifest) => (manifest.spec.replicsa = 3), version)).toEqual([
      { path: 'spec', message: 'unknown field "replicsa"; did you mean "replicas"?' },
    ]);
  });

  test('refuses a removed API', () => {
    expect(new SchemaValidator(version).validate({ apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget' })).toEqual([
      {
        path: '',
        message: `no kind "PodDisruptionBudget" in "policy/v1beta1"; Kubernetes ${version} has it in policy/v1`,
      },
    ]);
  });
});

describe('a problem says where it is and what is allowed', () => {
  test('a wrong type', () => {
    expect(problemsOf((manifest) => (manifest.spec.replicas = '3'))).toEqual([
      { path: 'spec.replicas', message: 'must be integer, got "3"' },
    ]);
    expect(problemsOf((manifest) => (manifest.spec.template = ['x']))).toEqual([
      { path: 'spec.template', message: 'must be object, got a list' },
    ]);
    expect(problemsOf((manifest) => (firstContainer(manifest).ports[0].containerPort = { port: 1 }))).toEqual([
      { path: 'spec.template.spec.containers[0].ports[0].containerPort', message: 'must be integer, got an object' },
    ]);
    expect(problemsOf((manifest) => (firstContainer(manifest).readinessProbe.httpGet.port = true))).toEqual([
      {
        path: 'spec.template.spec.containers[0].readinessProbe.httpGet.port',
        message: 'must be integer or string, got true',
      },
    ]);
  });

  test('a missing required field', () => {
    expect(problemsOf((manifest) => delete manifest.spec.selector)).toEqual([
      { path: 'spec', message: 'missing required field "selector"' },
    ]);
  });

  test('a value that is not in the enum', () => {
    expect(problemsOf((manifest) => (firstContainer(manifest).imagePullPolicy = 'Allways'))).toEqual([
      {
        path: 'spec.template.spec.containers[0].imagePullPolicy',
        message: 'must be one of "Always", "IfNotPresent", "Never", got "Allways"',
      },
    ]);
  });

  test('a quantity', () => {
    expect(problemsOf((manifest) => (firstContainer(manifest).resources.requests.memory = '128MB'))).toEqual([
      {
        path: 'spec.template.spec.containers[0].resources.requests.memory',
        message: 'must be a quantity such as 100m or 128Mi, got "128MB"',
      },
    ]);
  });

  test('an integer out of range', () => {
    expect(problemsOf((manifest) => (manifest.spec.replicas = 2 ** 31))).toEqual([
      { path: 'spec.replicas', message: 'must be <= 2147483647, got 2147483648' },
    ]);
  });

  test('a key with dots', () => {
    expect(problemsOf((manifest) => (manifest.metadata.annotations = { 'example.com/weight': 5 }))).toEqual([
      { path: 'metadata.annotations["example.com/weight"]', message: 'must be string, got 5' },
    ]);
  });

  test('base64 and times', () => {
    const metadata = { name: 'shop', creationTimestamp: 'yesterday' };
    expect(validator.validate({ apiVersion: 'v1', kind: 'Secret', metadata, data: { key: 'not base64' } })).toEqual([
      { path: 'data.key', message: 'must be base64, got "not base64"' },
      { path: 'metadata.creationTimestamp', message: 'must be a time such as 2026-01-31T12:00:00Z, got "yesterday"' },
    ]);
  });

  test('a long value is cut', () => {
    expect(problemsOf((manifest) => (manifest.spec.replicas = 'x'.repeat(200)))?.[0]?.message).toBe(
      `must be integer, got "${'x'.repeat(59)}…`,
    );
  });

  test('every problem of a manifest', () => {
    expect(
      problemsOf((manifest) => {
        manifest.spec.paused = 'no';
        manifest.metadata.label = {};
      }),
    ).toEqual([
      { path: 'metadata', message: 'unknown field "label"; did you mean "labels"?' },
      { path: 'spec.paused', message: 'must be boolean, got "no"' },
    ]);
  });
});

describe('kinds', () => {
  const messages = (apiVersion: string, kind: string, version: KubernetesVersion = '1.33') =>
    new SchemaValidator(version).validate({ apiVersion, kind })?.map(({ message }) => message);

  test('of a misspelled group are a problem', () => {
    expect(messages('app/v1', 'Deployment')).toEqual([
      'no kind "Deployment" in "app/v1"; Kubernetes 1.33 has it in apps/v1',
    ]);
    expect(messages('extensions/v1beta1', 'Ingress')).toEqual([
      'no kind "Ingress" in "extensions/v1beta1"; Kubernetes 1.33 has it in networking.k8s.io/v1',
    ]);
  });

  test('misspelled are a problem', () => {
    expect(messages('apps/v1', 'Deploymnet')).toEqual([
      'no kind "Deploymnet" in "apps/v1"; did you mean "Deployment"?',
    ]);
    expect(messages('v1', 'constructor')).toEqual(['no kind "constructor" in "v1"']);
  });

  test('of another version are a problem that names it', () => {
    expect(messages('scheduling.k8s.io/v1alpha2', 'Workload')).toEqual([
      'no kind "Workload" in "scheduling.k8s.io/v1alpha2" of Kubernetes 1.33; it is there in 1.36',
    ]);
    expect(messages('networking.k8s.io/v1alpha1', 'IPAddress', '1.30')).toBeDefined();
  });

  test('of unknown custom groups are not checked', () => {
    expect(messages('example.com/v1', 'Deployment')).toBeUndefined();
    expect(messages('snapshot.storage.k8s.io/v1', 'VolumeSnapshot')).toBeUndefined();
    expect(messages('constructor.io/v1', 'constructor')).toBeUndefined();
  });

  test('must be told', () => {
    const missing = (field: string) => ({ path: '', message: `missing required field "${field}"` });
    expect(validator.validate({ kind: 'Pod' })).toEqual([missing('apiVersion')]);
    expect(validator.validate(null)).toEqual([missing('apiVersion'), missing('kind')]);
    expect(validator.validate({ apiVersion: 1, kind: 'Pod' })).toEqual([
      { path: 'apiVersion', message: 'must be string, got 1' },
    ]);
  });
});

describe('null', () => {
  test('is an unset field, as the API server takes it', () => {
    expect(
      problemsOf((manifest) => {
        manifest.metadata.creationTimestamp = null;
        manifest.spec.replicas = null;
      }),
    ).toEqual([]);
  });

  test('does not hide an unknown field', () => {
    expect(problemsOf((manifest) => (manifest.spec.replicsa = null))).toEqual([
      { path: 'spec', message: 'unknown field "replicsa"; did you mean "replicas"?' },
    ]);
  });

  test('does not stand for a required field', () => {
    expect(problemsOf((manifest) => (manifest.spec.selector = null))).toEqual([
      { path: 'spec', message: 'missing required field "selector"' },
    ]);
  });

  test('is no item of a list', () => {
    expect(problemsOf((manifest) => (firstContainer(manifest).args = ['a', null]))).toEqual([
      { path: 'spec.template.spec.containers[0].args[1]', message: 'must be string, got null' },
    ]);
  });
});

describe('differences between versions', () => {
  const unknown = (field: string) => expect.stringContaining(`unknown field "${field}"`) as string;

  test.each([
    ['1.31', '1.32', 'resources', (manifest: Manifest): unknown => (manifest.spec.template.spec.resources = {})],
    ['1.33', '1.34', 'hostnameOverride', (manifest: Manifest): unknown => (manifest.spec.template.spec.hostnameOverride = 'x')],
    ['1.32', '1.33', 'stopSignal', (manifest: Manifest): unknown => (firstContainer(manifest).lifecycle.stopSignal = 'SIGUSR1')],
  ] as const)('from %s to %s a pod got %s', (before, since, field, change) => {
    expect(problemsOf(change, before)?.map(({ message }) => message)).toEqual([unknown(field)]);
    expect(problemsOf(change, since)).toEqual([]);
  });

  test('a version without schemas is refused', () => {
    expect(() => new SchemaValidator('1.29' as KubernetesVersion)).toThrow(
      'kubernetes version must be one of 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, got "1.29"',
    );
  });
});
