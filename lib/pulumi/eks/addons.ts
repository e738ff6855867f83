import { Addon, getAddonVersionOutput, type Cluster } from '@pulumi/aws/eks';
import * as pulumi from '@pulumi/pulumi';
import { ourAddons, type AddonSurroundings, type OurAddon, type OurIdentity } from './our-addons';
import { statementOf } from './policy-document';
import { makeRole, trustedPods } from './role';
import type { Addon as AddonOf } from './schema';
import { named, partOf, type Scope } from './scope';

/** Makes add-ons: those that must be there before the first node, and when nodes are there, the others. */
export class Addons {
  private readonly addons: readonly (readonly [name: string, addon: OurAddon & Pick<AddonOf, 'version'>])[];

  public constructor(
    private readonly scope: Scope,
    private readonly cluster: Cluster,
    from: AddonSurroundings,
  ) {
    const ours = ourAddons(scope, from);
    const given = scope.settings.addons;
    const names = [...new Set([...Object.keys(ours), ...Object.keys(given)])].filter((name) => given[name] !== false);
    this.addons = names.map((name) => [name, merge(ours[name] ?? {}, given[name] || undefined)]);
  }

  /** Those without which no node gets ready. */
  public beforeNodes(dependsOn: readonly pulumi.Resource[]): Addon[] {
    return this.addons.filter(([, { first }]) => first).map(([name, addon]) => this.make(name, addon, dependsOn));
  }

  /** Those that run on nodes. */
  public onNodes(dependsOn: readonly pulumi.Resource[]): Addon[] {
    return this.addons.filter(([, { first }]) => !first).map(([name, addon]) => this.make(name, addon, dependsOn));
  }

  private make(addonName: string, { version, configuration = {}, identities = {} }: OurAddon & Pick<AddonOf, 'version'>, dependsOn: readonly pulumi.Resource[]): Addon {
    const { scope, cluster } = this;
    const name = `${scope.name}-${addonName}`;
    const accounts = Object.entries(identities);
    const roles = accounts.map(([serviceAccount, identity]) => ({ serviceAccount, ...this.makeIdentity(accounts.length === 1 ? name : `${name}-${serviceAccount}`, serviceAccount, identity) }));
    return new Addon(name, {
      clusterName: cluster.name,
      addonName,
      addonVersion: version ?? this.versionOf(addonName),
      ...(Object.keys(configuration).length === 0 ? {} : { configurationValues: pulumi.jsonStringify(configuration) }),
      ...(roles.length === 0 ? {} : { podIdentityAssociations: roles.map(({ serviceAccount, role }) => ({ serviceAccount, roleArn: role.arn })) }),
      // What somebody changed by hand is put right.
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
      preserve: false,
      tags: named(name),
    }, partOf(scope, { dependsOn: [...dependsOn, ...roles.flatMap(({ rights }) => rights)] }));
  }

  /** The one that AWS takes for the cluster's version: by itself it would leave add-ons behind when the cluster is upgraded. */
  private versionOf(addonName: string): pulumi.Output<string> {
    const { parent, provider, settings: { version } } = this.scope;
    return getAddonVersionOutput({ addonName, kubernetesVersion: version }, { parent, provider }).version;
  }

  private makeIdentity(name: string, serviceAccount: string, { namespace, managed, statements }: OurIdentity) {
    const description = `The service account ${namespace}/${serviceAccount} of the cluster ${this.scope.name}`;
    return makeRole(this.scope, name, { description, trust: trustedPods(this.scope, namespace, serviceAccount), managed, statements });
  }
}

/** What the settings say goes over what we say; of a configuration, key by key at the top. */
function merge(ours: OurAddon, given: AddonOf | undefined): OurAddon & Pick<AddonOf, 'version'> {
  if (given === undefined) return ours;
  const identities = given.identities && Object.fromEntries(Object.entries(given.identities).map(([name, { namespace, policies, statements }]) => [name, { namespace, managed: policies, statements: statements.map(statementOf) }]));
  return { ...ours, ...(given.version === undefined ? {} : { version: given.version }), configuration: { ...ours.configuration, ...given.configuration }, ...(identities === undefined ? {} : { identities }) };
}
