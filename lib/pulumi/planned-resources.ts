import * as pulumi from '@pulumi/pulumi';
import { didYouMean } from '../core/suggest';
import type { JsonObject } from '../core/json';
import { typeToken } from './api-versions';
import { KubernetesObject } from './kubernetes-object';
import type { PlannedObject } from './plan';
import type { WatchArgs } from './watch/args';
import { watchRollouts } from './watch/watch-rollouts';

/** The type of the component, by which a state knows it. */
export const CHART_RESOURCES = 'fairlead:pulumi:ChartResources';

type KubernetesManifest = JsonObject & { readonly apiVersion: string; readonly kind: string };

/** How planned objects are registered. */
export interface RegistrationOptions {
  /** Whether to go without a provider, to the cluster of the kubeconfig at hand. @default false */
  readonly ambientCluster?: boolean;
  /** How to watch rollouts. @default none are watched */
  readonly watch?: WatchArgs;
}

/** Registers planned objects, each after what it needs: those of charts, or those that a release has recorded. */
export class PlannedResources extends pulumi.ComponentResource {
  /** The resources by the identity of their objects: `Deployment/shop/frontend`. */
  public readonly resources: ReadonlyMap<string, KubernetesObject>;

  /**
   * @param plan - the objects, each after what it needs
   * @param registration - how they are registered
   */
  public constructor(
    name: string,
    /** @internal */
    public readonly plan: readonly PlannedObject[],
    options: pulumi.ComponentResourceOptions | undefined,
    { ambientCluster = false, watch }: RegistrationOptions = {},
  ) {
    super(CHART_RESOURCES, name, {}, options);
    if (!ambientCluster) this.checkProvider(name);
    this.resources = this.register();
    if (watch) this.watch(watch);
    this.registerOutputs({ objects: [...this.resources.keys()] });
  }

  /**
   * The resource of one object, for what depends on it or wants its `status`.
   * @param identity - as the preview names it: `Ingress/shop/frontend`
   */
  public get(identity: string): KubernetesObject {
    const found = this.resources.get(identity);
    if (!found) throw new Error(`get: got ${JSON.stringify(identity)}, which the charts do not have${didYouMean(identity, this.resources.keys())}`);
    return found;
  }

  /**
   * The provider of its objects; none where Pulumi's own default is allowed.
   * @internal
   */
  public kubernetesProvider(): pulumi.ProviderResource | undefined {
    return this.getProvider('kubernetes:core/v1:Namespace');
  }

  private checkProvider(name: string): void {
    if (this.kubernetesProvider()) return;
    throw new Error(`ChartResources '${name}': provider: got none, so the kubeconfig at hand would choose the cluster; pass a Kubernetes provider that names it (the option 'provider', here or on the parent), or set ambientCluster: true`);
  }

  private register(): ReadonlyMap<string, KubernetesObject> {
    const resources = new Map<string, KubernetesObject>();
    for (const { identity, name, manifest, needs, options } of this.plan) {
      const own: pulumi.CustomResourceOptions = { parent: this, dependsOn: needs.map((needed) => resources.get(needed)!) };
      resources.set(identity, new KubernetesObject(name, manifest as KubernetesManifest, pulumi.mergeOptions(own, options)));
    }
    return resources;
  }

  private watch(args: WatchArgs): void {
    watchRollouts(this, this.plan.map(({ identity, name, manifest, needs }) => {
      const { apiVersion, kind } = manifest as KubernetesManifest;
      return { resource: this.resources.get(identity)!, manifest, after: needs.map((needed) => this.resources.get(needed)!), urn: pulumi.createUrn(name, typeToken(apiVersion, kind), this) };
    }), args);
  }
}
