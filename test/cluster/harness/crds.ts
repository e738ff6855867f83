import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { apply } from './apply';
import { moduleFolder } from './go';
import type { Kubectl } from './kubectl';
import type { KubeObject } from './objects';

interface Source {
  readonly module: string;
  readonly version: string;
  /** A YAML file in the module's tree, or a folder of such files. */
  readonly path: string;
}

/** Where each project keeps its custom resource definitions. They are read, never compiled. */
const SOURCES = {
  'cert-manager': { module: 'github.com/cert-manager/cert-manager', version: 'v1.21.2', path: 'deploy/crds' },
  'external-secrets': {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    path: 'config/crds/bases',
  },
  // The newest whose go.mod the Go of the engines accepts: v1.7 asks for Go 1.27.
  'gateway-api': { module: 'sigs.k8s.io/gateway-api', version: 'v1.6.3', path: 'config/crd/standard' },
  'google-managed-prometheus': { module: 'github.com/GoogleCloudPlatform/prometheus-engine', version: 'v0.17.2', path: 'manifests/setup.yaml' },
  keda: { module: 'github.com/kedacore/keda/v2', version: 'v2.21.0', path: 'config/crd/bases' },
  'prometheus-operator': { module: 'github.com/prometheus-operator/prometheus-operator', version: 'v0.92.0', path: 'example/prometheus-operator-crd' },
  'sealed-secrets': {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.31.0',
    path: 'helm/sealed-secrets/crds',
  },
  vpa: { module: 'k8s.io/autoscaler/vertical-pod-autoscaler', version: 'v1.8.1', path: 'deploy/vpa-v1-crd-gen.yaml' },
} as const satisfies Readonly<Record<string, Source>>;

export type CrdSet = keyof typeof SOURCES;

/** Those of the modes of monitoring. */
export const MONITORING_CRDS: readonly CrdSet[] = ['google-managed-prometheus', 'prometheus-operator'];

/** Those that props of workloads render. */
export const CRD_SETS = (Object.keys(SOURCES) as CrdSet[]).filter((name) => !MONITORING_CRDS.includes(name));

/** The API groups that those definitions serve. */
export const CUSTOM_GROUPS: readonly string[] = [
  'autoscaling.k8s.io',
  'bitnami.com',
  'cert-manager.io',
  'external-secrets.io',
  'gateway.networking.k8s.io',
  'keda.sh',
];

/** Installs the definitions without their controllers: objects are validated and stored, and nothing acts on them. */
export async function installCrds(kubectl: Kubectl, which: readonly CrdSet[]): Promise<void> {
  const definitions = (await Promise.all(which.map((name) => definitionsOf(SOURCES[name])))).flat();
  await apply(kubectl, definitions, {});
  const names = definitions.map((it) => `customresourcedefinition/${it.metadata.name}`);
  await kubectl.mustRun(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
}

async function definitionsOf(source: Source): Promise<KubeObject[]> {
  const target = path.join(await moduleFolder(source.module, source.version), source.path);
  const files = (await stat(target)).isDirectory()
    ? (await readdir(target)).filter((file) => file.endsWith('.yaml')).map((file) => path.join(target, file))
    : [target];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  // The folders hold kustomizations and admission policies too; those would act on the whole cluster.
  return texts
    .flatMap((text) => loadAll(text) as (KubeObject | null)[])
    .filter((it): it is KubeObject => it?.kind === 'CustomResourceDefinition');
}
