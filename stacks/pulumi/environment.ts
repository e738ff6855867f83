import * as z from 'zod';
import { boolean, EnvironmentError, section, type Environment } from '../../lib/environment';
import { environmentSchema } from '../environment';

const cluster = section({
  /** Context of the kubeconfig: the cluster that the environment is deployed to. */
  context: z.string().min(1),
  /** Path of the kubeconfig, from the folder of Pulumi.yaml. @default the one that kubectl takes */
  kubeconfig: z.string().min(1).optional(),
  /** Whether it gives addresses to Ingresses. */
  loadBalancer: boolean().default(true),
});

/** What `Pulumi.<environment>.yaml` may say for a deployment, besides what it says for synth. */
export const deploymentSchema = environmentSchema.extend({
  /** The cluster; without it there is synth and no deployment. */
  cluster: cluster.optional(),
  /** What Pulumi refuses to delete or replace. */
  protect: z.enum(['stateful', 'all', 'none']).default('stateful'),
});

/** An environment's settings, deployment included. */
export type DeploymentSettings = z.infer<typeof deploymentSchema>;

/** The cluster that an environment names. */
export type ClusterSettings = z.infer<typeof cluster>;

/**
 * The cluster to deploy to: only ever one that the environment's file names, whatever kubeconfig is at hand.
 * @throws EnvironmentError when it names none
 */
export function clusterOf({ file, config }: Environment<DeploymentSettings>): ClusterSettings {
  if (config.cluster) return config.cluster;
  throw new EnvironmentError([{ file, path: 'fairlead:cluster', got: 'nothing', allowed: 'the cluster to deploy to, such as { context: my-cluster }; `kubectl config get-contexts` lists those at hand' }]);
}
