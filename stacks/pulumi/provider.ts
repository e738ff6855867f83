import { resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import type { ClusterSettings } from '../environment';

/** Version of the provider plugin; Pulumi downloads it where it is missing. */
const VERSION = '4.34.0';

/**
 * Pulumi's Kubernetes provider for the cluster of an environment. Generic, so that the large package of the typed
 * resources need not be installed. Config and secrets change in place: those whose pods must roll have a hash in the name.
 */
export class ClusterProvider extends pulumi.ProviderResource {
  public constructor(name: string, directory: string, { context, kubeconfig }: ClusterSettings, options: pulumi.ResourceOptions = {}) {
    const inputs = {
      context,
      // What tells one cluster from another: a new kubeconfig for the same one replaces nothing.
      clusterIdentifier: context,
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
      ...(kubeconfig === undefined ? {} : { kubeconfig: resolve(directory, kubeconfig) }),
    };
    super('kubernetes', name, inputs, { version: VERSION, ...options });
  }
}
