import type * as pulumi from '@pulumi/pulumi';
import type { IConstruct } from 'constructs';
import { Mistakes } from '../../core/problems';
import { textAt } from '../../core/paths';
import type { DeployedObject } from '../deployed-object';
import { podTemplate } from '../pod-template';
import type { Cloud, Cluster } from './cluster';
import { checkIdentity, identitiesOf, type DeclaredIdentity } from './identity';

/**
 * What the workloads of an app may do in the cloud, by their `identity.rights`.
 *
 * @example
 * ```ts
 * const identities = new WorkloadIdentities(app);
 * identities.check('gke');
 * const cluster = new GkeCluster('production', settings);
 * new ChartResources('shop', { charts: app, optionsFor: identities.bind(cluster) }, { provider: cluster.provider });
 * ```
 */
export class WorkloadIdentities {
  private readonly declared: readonly DeclaredIdentity[];

  /** @param app - the app, or any construct of it */
  public constructor(app: IConstruct) {
    this.declared = identitiesOf(app);
  }

  /**
   * Checks that a cluster of this kind can bind them all; before anything is made.
   * @throws Error that names every workload whose rights it can't, and what to do
   */
  public check(cloud: Cloud): void {
    const messages = this.declared.flatMap(({ path, rights }) => {
      const mistakes = new Mistakes();
      checkIdentity(cloud, rights, mistakes, 'identity.rights');
      return mistakes.messages.map((message) => `[${path}] ${message}`);
    });
    if (messages.length > 0) throw new Error(messages.join('\n'));
  }

  /**
   * Binds them.
   * @returns the `optionsFor` of `ChartResources`: pods start when what they may do is bound
   */
  public bind(cluster: Pick<Cluster, 'bindIdentity'>): (object: DeployedObject) => pulumi.CustomResourceOptions | undefined {
    const bound = new Map(this.declared.map(({ namespace, serviceAccount, rights }) => [`${namespace}/${serviceAccount}`, cluster.bindIdentity({ namespace, serviceAccount, rights })]));
    return (object) => {
      const account = textAt(podTemplate(object), 'spec', 'serviceAccountName');
      const dependsOn = account === undefined ? undefined : bound.get(`${object.namespace}/${account}`);
      return dependsOn === undefined ? undefined : { dependsOn: [...dependsOn] };
    };
  }
}
