import * as z from 'zod';
import { isPlainObject } from '../../lib/core/json';
import { section } from '../../lib/environment';
import { existingShape } from '../../lib/pulumi/cluster/settings/existing';

const existing = section({
  /** What it is: a cluster that is there already. */
  provider: z.literal('existing'),
  ...existingShape,
  /** Context of the kubeconfig. */
  context: z.string().min(1),
  /** Path of the kubeconfig, from the folder of Pulumi.yaml. @default the one that kubectl takes */
  kubeconfig: z.string().min(1).optional(),
});

/** A file that says nothing of a provider names a cluster that is there already. */
const withProvider = (value: unknown): unknown => (isPlainObject(value) && !('provider' in value) ? { provider: 'existing', ...value } : value);

/** The cluster of an environment: one that is there already, or one that `up` makes with the shop. */
export const cluster = z.preprocess(withProvider, z.discriminatedUnion('provider', [existing]));

/** The cluster that an environment names. */
export type ClusterSettings = z.output<typeof cluster>;

/** A cluster that is there already. */
export type ExistingSettings = Extract<ClusterSettings, { provider: 'existing' }>;
