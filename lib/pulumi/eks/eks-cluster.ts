import { Provider } from '@pulumi/aws/provider';
import * as pulumi from '@pulumi/pulumi';
import type { Cluster as ControlPlane } from '@pulumi/aws/eks';
import type { Cluster, ClusterIngress, ClusterNetwork, StorageClasses } from '../cluster/cluster';
import { ClusterProvider } from '../cluster/cluster-provider';
import type { WorkloadIdentity } from '../cluster/identity';
import { checkClusterName } from '../cluster/settings/name';
import { readSettings, reporterOf } from '../cluster/settings/read';
import type { ClusterAccess } from '../watch/args';
import { makeAccess } from './access';
import { Addons } from './addons';
import { planAddresses } from './addresses';
import { makeAutoPools } from './auto-nodes';
import { makeAutoscalerIdentity } from './autoscaler';
import { makeBackup } from './backup';
import { makeControlPlane } from './control-plane';
import { eksFacts } from './facts';
import { makeHosts, type Hosts } from './hosts';
import { makeObjects } from './kubernetes';
import { connectCommand, makeKubeconfig } from './kubeconfig';
import { makeKey } from './keys';
import { makeNodeGroups } from './managed-nodes';
import { makeNetwork, type Network } from './network';
import { makeNodeRole } from './node-role';
import { makeNodeUpdates } from './node-updates';
import { makeRegistry } from './registry';
import type { ReadyRole } from './role';
import { eksSchema, type Eks } from './schema';
import { tagsOf, type Scope } from './scope';
import type { EksSettings } from './settings';
import { makeSharedVolumes } from './shared-volumes';
import { bindWorkload } from './workload-role';

/** What an {@link EksCluster} is made from. All of it is plain, so that all of it is checked before anything is made. */
export type EksClusterArgs = EksSettings;

/** What the account and its network have, when the control plane is there. */
interface Ground {
  readonly network: Network;
  readonly nodes: ReadyRole;
  readonly key: pulumi.Output<string> | undefined;
  readonly hosts: Hosts | undefined;
}

/**
 * A cluster on Amazon EKS with all that belongs to it: network, keys, roles, who gets in, nodes, add-ons, registry, backups,
 * zone and certificate. Hardened by default; what production must not do without is refused unless it is named.
 */
export class EksCluster extends pulumi.ComponentResource implements Cluster {
  public readonly cloud = 'eks';
  public readonly name: pulumi.Output<string>;
  public readonly identifier: pulumi.Output<string>;
  public readonly provider: ClusterProvider;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly access: ClusterAccess;
  public readonly connect: pulumi.Output<string>;
  public readonly network: ClusterNetwork;
  public readonly hostAccess = true;
  public readonly storageClasses: StorageClasses;
  public readonly ingress: ClusterIngress;
  public readonly registry?: pulumi.Output<string>;
  private readonly scope: Scope;
  private readonly controlPlane: ControlPlane;

  /**
   * @param name - the logical name, and that of the cluster: 2 to 24 lower-case letters, digits and `-`
   * @throws EnvironmentError that names every mistake, before anything is registered
   */
  public constructor(name: string, args: EksClusterArgs, options: pulumi.ComponentResourceOptions = {}) {
    const settings = readSettings(`EksCluster "${name}"`, args, eksSchema.superRefine((_, context) => checkClusterName(name, reporterOf(context))));
    super('fairlead:eks:EksCluster', name, {}, options);
    this.scope = scopeOf(this, name, settings);
    const ground = this.makeGround();
    this.controlPlane = makeControlPlane(this.scope, ground.network, ground.nodes, ground.key);
    const { endpoint } = this.controlPlane;
    this.name = this.controlPlane.name;
    // Other than its ARN, this address is never given to another cluster.
    this.identifier = endpoint;
    this.kubeconfig = makeKubeconfig(this.controlPlane, settings);
    this.access = { kubeconfig: this.kubeconfig };
    this.connect = connectCommand(this.controlPlane, settings);
    const facts = eksFacts(name, settings);
    this.network = facts.network;
    this.storageClasses = facts.storageClasses;
    const { nameServers } = ground.hosts ?? {};
    this.ingress = { ...facts.ingress, ...(nameServers ? { nameServers } : {}) };
    const registry = makeRegistry(this.scope, ground.key);
    if (registry !== undefined) this.registry = registry;
    const ready = this.makeContent(ground);
    this.provider = new ClusterProvider(`${name}-provider`, { identifier: endpoint, kubeconfig: this.kubeconfig }, { parent: this, dependsOn: ready });
    makeBackup(this.scope, this.controlPlane, ground.key);
    this.registerOutputs({ name: this.name, identifier: this.identifier, kubeconfig: this.kubeconfig });
  }

  /** Binds a role of its own to the service account (EKS Pod Identity). */
  public bindIdentity(identity: WorkloadIdentity): readonly pulumi.Resource[] {
    return bindWorkload(this.scope, this.controlPlane, identity);
  }

  private makeGround(): Ground {
    const { scope } = this;
    const key = makeKey(scope);
    return { key, network: makeNetwork(scope, key), nodes: makeNodeRole(scope), hosts: makeHosts(scope) };
  }

  /** Who gets in, nodes, add-ons, and what is in Kubernetes itself: all that charts rest on. */
  private makeContent(ground: Ground): pulumi.Resource[] {
    const { scope, controlPlane: cluster } = this;
    const { network, nodes, key, hosts } = ground;
    const access = makeAccess(scope, cluster, nodes.role.arn);
    const zoneArn = hosts === undefined ? {} : { zoneArn: hosts.zoneArn };
    const addons = new Addons(scope, cluster, { network, key, clusterGroup: cluster.vpcConfig.clusterSecurityGroupId, ...zoneArn });
    // Charts wait for these objects, and so can't share their provider.
    const setup = new ClusterProvider(`${scope.name}-setup`, { identifier: cluster.endpoint, kubeconfig: this.kubeconfig }, { parent: this, dependsOn: [...access, ...network.routes] });
    const within = { parent: this, provider: setup };
    const groups = scope.settings.autoMode ? [] : makeNodeGroups(scope, { cluster, network, nodes, key, before: addons.beforeNodes(access) });
    const pools = scope.settings.autoMode ? makeAutoPools(scope, { cluster, network, nodes, key }, within) : groups;
    makeNodeUpdates(scope, cluster, groups);
    const autoscaler = makeAutoscalerIdentity(scope, cluster);
    const installed = addons.onNodes([...access, ...pools]);
    const fileSystem = makeSharedVolumes(scope, network, key);
    const objects = makeObjects(scope, { key, ...(hosts === undefined ? {} : { certificateArn: hosts.certificate.arn }), ...(fileSystem === undefined ? {} : { fileSystem }) }, within);
    // A load balancer uses the certificate until it is gone.
    return [...access, ...pools, ...installed, ...objects, ...autoscaler, ...(hosts === undefined ? [] : [hosts.certificate])];
  }
}

/** Everything is made in the account that is named, whoever is signed in to which. */
function scopeOf(parent: pulumi.Resource, name: string, settings: Eks): Scope {
  const { region, account, deployRole } = settings;
  const provider = new Provider(`${name}-aws`, {
    region,
    allowedAccountIds: [account],
    defaultTags: { tags: tagsOf({ name, settings }) },
    ...(deployRole === undefined ? {} : { assumeRoles: [{ roleArn: deployRole, sessionName: name }] }),
  }, { parent });
  // The checks have planned them without a mistake.
  return { name, settings, addresses: planAddresses(settings, { add: () => undefined })!, parent, provider };
}
