import * as pulumi from '@pulumi/pulumi';
import { Mistakes } from '../../core/problems';
import { section } from '../../environment/schema';
import type { ClusterAccess } from '../watch/args';
import type { Cluster, ClusterIngress, ClusterNetwork, StorageClasses } from './cluster';
import { ClusterProvider } from './cluster-provider';
import { checkIdentity, type WorkloadIdentity } from './identity';
import { existingShape, type ExistingSettings } from './settings/existing';
import { readSettings, reporterOf } from './settings/read';

/** Where an {@link ExistingCluster} is, and what it has. */
export interface ExistingClusterArgs extends ExistingSettings {
  /** Path of a kubeconfig, or its text, which stays secret. @default the one that kubectl takes, with a `context` */
  readonly kubeconfig?: pulumi.Input<string>;
}

/** A kubeconfig's text has several lines or is JSON; all else is a path. */
const isText = (kubeconfig: string) => /[\n{]/.test(kubeconfig);

const schemaWith = (kubeconfig: boolean) => section(existingShape).superRefine(({ context, identifier }, checks) => {
  if (context !== undefined) return;
  if (identifier === undefined) reporterOf(checks).add(['context'], context, 'the context of the kubeconfig, or an identifier of the cluster: the ambient context may be any cluster');
  else if (!kubeconfig) reporterOf(checks).add(['context'], context, 'the context of the kubeconfig, as no kubeconfig is given: the ambient context may be any cluster');
});

/**
 * A cluster that somebody else made: AKS, Civo, on premises, minikube. Makes nothing but the provider; only ever goes
 * where its args say, whatever kubeconfig is at hand.
 */
export class ExistingCluster extends pulumi.ComponentResource implements Cluster {
  public readonly cloud = 'existing';
  public readonly name: pulumi.Output<string>;
  public readonly identifier: pulumi.Output<string>;
  public readonly provider: ClusterProvider;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly access: ClusterAccess;
  public readonly hostAccess: boolean;
  public readonly storageClasses: StorageClasses;
  public readonly ingress: ClusterIngress;
  public readonly network?: ClusterNetwork;
  public readonly registry?: pulumi.Output<string>;

  /**
   * @param name - the logical name
   * @throws EnvironmentError that names every mistake, before anything is registered
   */
  public constructor(name: string, { kubeconfig, ...given }: ExistingClusterArgs, options: pulumi.ComponentResourceOptions = {}) {
    const { context, identifier, loadBalancer, hostAccess, storageClasses, ingress, network, registry } = readSettings(`ExistingCluster "${name}"`, given, schemaWith(kubeconfig !== undefined));
    super('fairlead:cluster:ExistingCluster', name, {}, options);
    const hidden = kubeconfig === undefined ? undefined : pulumi.output(kubeconfig).apply((value) => (isText(value) ? pulumi.secret(value) : pulumi.output(value)));
    const access = { ...(context === undefined ? {} : { context }), ...(hidden === undefined ? {} : { kubeconfig: hidden }) };
    this.name = pulumi.output(context ?? identifier!);
    this.identifier = pulumi.output(identifier ?? context!);
    // In older states it stands alone under the cluster's name.
    this.provider = new ClusterProvider(`${name}-provider`, { ...access, identifier: this.identifier }, { parent: this, aliases: [{ name, parent: pulumi.rootStackResource }] });
    this.kubeconfig = pulumi.secret(hidden ?? '');
    this.access = access;
    this.hostAccess = hostAccess;
    this.storageClasses = storageClasses;
    this.ingress = { loadBalancer, ...ingress };
    if (network !== undefined) this.network = network;
    if (registry !== undefined) this.registry = pulumi.output(registry);
    this.registerOutputs({ name: this.name, identifier: this.identifier });
  }

  /** @throws always: its cloud is not ours to change */
  public bindIdentity({ namespace, serviceAccount, rights }: WorkloadIdentity): never {
    const mistakes = new Mistakes();
    checkIdentity(this.cloud, rights, mistakes, 'identity.rights');
    throw new Error(`${namespace}/${serviceAccount}: ${mistakes.messages.join('\n  ')}`);
  }
}
