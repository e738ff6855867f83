import * as pulumi from '@pulumi/pulumi';

/** Version of the provider plugin; Pulumi downloads it where it is missing. */
const VERSION = '4.34.0';

/** Which cluster a {@link ClusterProvider} leads to. */
export interface ClusterProviderArgs {
  /** What tells one cluster from another: with the same one, a new kubeconfig replaces nothing. */
  readonly identifier: pulumi.Input<string>;
  /** Path of a kubeconfig, or its text. @default the one that kubectl takes */
  readonly kubeconfig?: pulumi.Input<string>;
  /** Context of the kubeconfig. @default its current context */
  readonly context?: pulumi.Input<string>;
}

/**
 * Pulumi's Kubernetes provider for a cluster. Generic, so that the large package of the typed resources need not be
 * installed. Config and secrets change in place: those whose pods must roll have a hash in the name.
 */
export class ClusterProvider extends pulumi.ProviderResource {
  public constructor(name: string, { identifier, kubeconfig, context }: ClusterProviderArgs, options: pulumi.ResourceOptions = {}) {
    const inputs = {
      ...(context === undefined ? {} : { context }),
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      clusterIdentifier: identifier,
      enableConfigMapMutable: 'true',
      enableSecretMutable: 'true',
      // What somebody changed by hand is put right; what an autoscaler or controller owns is left out and so never forced.
      enablePatchForce: 'true',
    };
    super('kubernetes', name, inputs, { version: VERSION, ...options });
  }
}
