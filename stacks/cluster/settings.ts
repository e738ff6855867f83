import * as z from 'zod';
import { isPlainObject, type JsonObject } from '../../lib/core/json';
import { textAt } from '../../lib/core/paths';
import { section } from '../../lib/environment';
import { existingShape } from '../../lib/pulumi/cluster/settings/existing';
import { clusterNameSchema } from '../../lib/pulumi/cluster/settings/name';

const existing = section({
  /** What it is: a cluster that is there already. */
  provider: z.literal('existing'),
  ...existingShape,
  /** Context of the kubeconfig. */
  context: z.string().min(1),
  /** Path of the kubeconfig, from the folder of Pulumi.yaml. @default the one that kubectl takes */
  kubeconfig: z.string().min(1).optional(),
});

/** Name of a cluster that is made, and what the names of its parts begin with. @default 'boutique' and the environment */
const name = clusterNameSchema.optional();

/** The schemas of the clouds take long to make, and few files describe a cluster. */
const all = z.lazy(() => {
  const { gkeSchema } = require('../../lib/pulumi/gke/schema') as typeof import('../../lib/pulumi/gke/schema');
  const { eksSchema } = require('../../lib/pulumi/eks/schema') as typeof import('../../lib/pulumi/eks/schema');
  return z.discriminatedUnion('provider', [existing, gkeSchema.safeExtend({ provider: z.literal('gke'), name }), eksSchema.safeExtend({ provider: z.literal('eks'), name })]);
});

/** A file that says nothing of a provider names a cluster that is there already. */
const withProvider = (value: unknown): unknown => (isPlainObject(value) && !('provider' in value) ? { provider: 'existing', ...value } : value);

/** The cluster of an environment: one that is there already, or one that `up` makes with the shop. */
export const cluster = z.preprocess(withProvider, all);

/** One that is there already, and no other. */
export const existingCluster = z.preprocess(withProvider, existing);

/** The cluster that an environment names. */
export type ClusterSettings = z.output<typeof cluster>;

/** A cluster that is there already. */
export type ExistingSettings = Extract<ClusterSettings, { provider: 'existing' }>;

/** Name of the cluster that an environment makes. */
export const clusterName = (environment: string, { name: given }: { readonly name?: string | undefined }): string => given ?? `boutique-${environment}`;

/** The settings, with what a cluster that is made takes from them where its section leaves it out: the version that the objects are made for, and the hosts in its domain. */
export function withEnvironment(settings: unknown): unknown {
  if (!isPlainObject(settings)) return settings;
  const { cluster: given, kubernetesVersion } = settings;
  const isMade = isPlainObject(given) && (given.provider === 'gke' || given.provider === 'eks');
  if (!isMade) return settings;
  const { hosts } = given;
  const version = kubernetesVersion === undefined ? {} : { version: kubernetesVersion };
  return { ...settings, cluster: { ...version, ...given, ...(isPlainObject(hosts) ? { hosts: { ...namesFrom(settings, hosts.domain), ...hosts } } : {}) } };
}

/** Nobody has checked them yet. */
function namesFrom(settings: JsonObject, domain: unknown): { readonly names?: readonly string[] } {
  const all = [textAt(settings, 'host'), textAt(settings, 'monitoring', 'grafana', 'host')];
  const names = all.filter((host) => host !== undefined && (host === domain || host.endsWith(`.${String(domain)}`))) as string[];
  return names.length === 0 ? {} : { names: [...new Set(names)] };
}
