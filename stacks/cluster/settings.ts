import * as z from 'zod';
import { isPlainObject } from '../../lib/core/json';
import { section } from '../../lib/environment';
import { existingShape } from '../../lib/pulumi/cluster/settings/existing';
import { clusterName } from '../../lib/pulumi/cluster/settings/name';

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
const name = clusterName.optional();

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

/** The section of a file, with the version that the objects are made for where a cluster that is made says none. */
export function withVersion(settings: unknown): unknown {
  if (!isPlainObject(settings)) return settings;
  const { cluster: given, kubernetesVersion } = settings;
  const isMade = isPlainObject(given) && (given.provider === 'gke' || given.provider === 'eks');
  return isMade && kubernetesVersion !== undefined ? { ...settings, cluster: { version: kubernetesVersion, ...given } } : settings;
}
