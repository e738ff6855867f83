import { Cluster as Gke, type NodePool } from '@pulumi/gcp/container';
import * as pulumi from '@pulumi/pulumi';
import { Mistakes } from '../../core/problems';
import { checkRights } from '../../pod/cloud-rights';
import type { GkeAddresses } from '../cluster/address-plan/gke';
import type { Cluster, ClusterIngress, ClusterNetwork, StorageClasses } from '../cluster/cluster';
import { ClusterProvider } from '../cluster/cluster-provider';
import { checkIdentity, type WorkloadIdentity } from '../cluster/identity';
import { readSettings, reporterOf } from '../cluster/settings/read';
import type { ClusterAccess } from '../watch/args';
import { planAddresses } from './addresses';
import { makeBackup } from './backup';
import { checkName } from './checks';
import { clusterArgs } from './cluster-args';
import { gkeFacts } from './facts';
import { makeHosts } from './hosts';
import { grantRoles } from './identity';
import { makeKeys } from './keys';
import { connectCommand, kubeconfigOf } from './kubeconfig';
import { makeNetwork } from './network';
import { makeNodeIdentity } from './node-identity';
import { makeNodePool } from './node-pool';
import { enableApis, projectNumberOf } from './project';
import { makeRegistry } from './registry';
import { gkeSchema, type Gke as Settings } from './schema';
import type { GkeSettings } from './settings';
import { kept, labelsOf, type Site } from './site';

/** What a {@link GkeCluster} is made from. All of it is plain, so that all of it is checked before anything is made. */
export type GkeClusterArgs = GkeSettings;

/**
 * A cluster on Google Kubernetes Engine, Standard or Autopilot, with all that it needs in an empty project: APIs, network,
 * keys, node pools, identities, registry, backups, and a DNS zone with a certificate for its hosts. Hardened as the CIS
 * benchmark asks; what weakens it in production needs an exception by name.
 */
export class GkeCluster extends pulumi.ComponentResource implements Cluster {
  public readonly cloud = 'gke';
  public readonly name: pulumi.Output<string>;
  public readonly identifier: pulumi.Output<string>;
  public readonly provider: ClusterProvider;
  public readonly kubeconfig: pulumi.Output<string>;
  public readonly access: ClusterAccess;
  public readonly connect: pulumi.Output<string>;
  public readonly network: ClusterNetwork;
  public readonly hostAccess: boolean;
  public readonly storageClasses: StorageClasses;
  public readonly ingress: ClusterIngress;
  public readonly registry?: pulumi.Output<string>;
  private readonly site: Site;
  private readonly cluster: Gke;

  /**
   * @param name - the logical name, and that of the cluster: at most 24 lower-case letters, digits and "-"
   * @throws EnvironmentError that names every mistake with its path, before anything is registered
   */
  public constructor(name: string, args: GkeClusterArgs, options: pulumi.ComponentResourceOptions = {}) {
    const { settings, addresses } = plan(name, args);
    super('fairlead:gke:GkeCluster', name, {}, options);
    const apis = enableApis(name, settings, this);
    this.site = { name, settings, parent: this, apis, projectNumber: projectNumberOf(settings, this, apis) };
    const { cluster, pools } = this.makeCluster(addresses);
    this.cluster = cluster;
    this.name = cluster.name;
    this.identifier = cluster.id;
    this.kubeconfig = kubeconfigOf(cluster, name, settings);
    this.access = { kubeconfig: this.kubeconfig };
    this.connect = connectCommand(cluster, settings);
    const { nameServers, used } = makeHosts(this.site);
    // Whatever is deployed waits for nodes to run on, and goes before they do.
    this.provider = new ClusterProvider(`${name}-provider`, { identifier: cluster.id, kubeconfig: this.kubeconfig }, { parent: this, dependsOn: [...pools, ...used] });
    const facts = gkeFacts(name, settings);
    this.network = facts.network;
    this.hostAccess = facts.hostAccess;
    this.storageClasses = facts.storageClasses;
    this.ingress = { ...facts.ingress, ...(nameServers ? { nameServers } : {}) };
    if (facts.registry !== undefined) this.registry = pulumi.output(facts.registry);
    this.registerOutputs({ name: this.name, identifier: this.identifier, kubeconfig: this.kubeconfig });
  }

  public bindIdentity(identity: WorkloadIdentity): readonly pulumi.Resource[] {
    const { namespace, serviceAccount, rights } = identity;
    const mistakes = new Mistakes();
    checkRights(rights, mistakes, 'identity.rights');
    checkIdentity(this.cloud, rights, mistakes, 'identity.rights');
    if (mistakes.messages.length > 0) throw new Error(mistakes.messages.map((message) => `${namespace}/${serviceAccount}: ${message}`).join('\n'));
    return grantRoles(this.site, this.cluster, identity, rights.gcp!);
  }

  private makeCluster(addresses: GkeAddresses): { readonly cluster: Gke; readonly pools: NodePool[] } {
    const { site } = this;
    const { name, settings } = site;
    const keys = makeKeys(site);
    const { network, subnetwork, nat } = makeNetwork(site, addresses);
    const nodes = makeNodeIdentity(site, makeRegistry(site, keys));
    const hardening = { serviceAccount: nodes.account.email, diskKey: keys.of('disks') };
    const args = clusterArgs({ name, settings, addresses, network: network.id, subnetwork: subnetwork.id, secretsKey: keys.of('secrets'), labels: labelsOf(site), ...hardening });
    const cluster = new Gke(name, args, {
      ...kept(site, ...keys.granted, ...nodes.granted, ...(nat ? [nat] : [])),
      // The default pool is gone after the first minutes; what it was made with must not replace the cluster.
      ...(settings.autopilot ? {} : { ignoreChanges: ['nodeConfig', 'initialNodeCount'] }),
    });
    makeBackup(site, cluster, keys);
    const pools = Object.entries(settings.nodePools).map(([pool, one]) => makeNodePool(site, cluster, pool, one, hardening));
    return { cluster, pools };
  }
}

/** @throws EnvironmentError that names every mistake */
function plan(name: string, args: GkeClusterArgs): { readonly settings: Settings; readonly addresses: GkeAddresses } {
  const schema = gkeSchema.superRefine(({ nodePools }, context) => checkName(name, Object.keys(nodePools), reporterOf(context)));
  const settings = readSettings(`GkeCluster "${name}"`, args, schema);
  // The schema has planned them already, and reported what is wrong.
  return { settings, addresses: planAddresses(settings, { add: () => undefined })! };
}
