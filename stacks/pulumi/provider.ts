import { resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterAccess } from '../../lib/pulumi';
import type { ClusterSettings } from '../environment';

/** Version of the provider plugin; Pulumi downloads it where it is missing. */
const VERSION = '4.34.0';

/** How to reach the cluster of an environment, whoever asks. */
export function accessTo({ context, kubeconfig }: ClusterSettings, directory: string): ClusterAccess {
  return { context, ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(directory, kubeconfig) }) };
}

/**
 * Pulumi's Kubernetes provider for the cluster of an environment. Generic, so that the large package of the typed
 * resources need not be installed. Config and secrets change in place: those whose pods must roll have a hash in the name.
 */
export class ClusterProvider extends pulumi.ProviderResource {
  public constructor(name: string, directory: string, cluster: ClusterSettings, options: pulumi.ResourceOptions = {}) {
    const inputs = {
      ...accessTo(cluster, directory),
      // What tells one cluster from another: a new kubeconfig for the same one replaces nothing.
      clusterIdentifier: cluster.context,
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
      // What somebody changed by hand is put right; what an autoscaler or controller owns is left out and so never forced.
      enablePatchForce: 'true',
    };
    super('kubernetes', name, inputs, { version: VERSION, ...options });
  }
}
