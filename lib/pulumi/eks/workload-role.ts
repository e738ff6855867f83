import { PodIdentityAssociation, type Cluster } from '@pulumi/aws/eks';
import type * as pulumi from '@pulumi/pulumi';
import { contentHash } from '../../core/hash';
import { Mistakes } from '../../core/problems';
import { checkRights, type AwsRights } from '../../pod/cloud-rights';
import { checkIdentity, type WorkloadIdentity } from '../cluster/identity';
import { statementOf } from './policy-document';
import { makeRole, trustedPods } from './role';
import { named, partOf, type Scope } from './scope';

/** Characters of a workload in the name of its role: IAM takes 64, and Pulumi adds 8. */
const READABLE = 20;

/**
 * Makes a role for exactly this service account, and binds it.
 * @throws Error that says what to mend in the rights
 */
export function bindWorkload(scope: Scope, cluster: Cluster, { namespace, serviceAccount, rights }: WorkloadIdentity): pulumi.Resource[] {
  const who = `${namespace}/${serviceAccount}`;
  const { policies = [], statements = [] } = checkedRights(who, rights);
  // A hash tells apart what the shortened names do not, and "a-b" of "c" from "a" of "b-c".
  const name = `${scope.name}-${`${namespace}-${serviceAccount}`.slice(0, READABLE)}-${contentHash([namespace, serviceAccount])}`;
  const { role, rights: granted } = makeRole(scope, name, {
    description: `The service account ${who} of the cluster ${scope.name}`,
    trust: trustedPods(scope, namespace, serviceAccount),
    managed: policies,
    statements: statements.map(statementOf),
  });
  const association = new PodIdentityAssociation(`${scope.name}-${who}`, { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn, tags: named(`${scope.name}-${who}`) }, partOf(scope, { dependsOn: [...granted] }));
  return [association, ...granted];
}

/** @throws Error with a line for every mistake */
function checkedRights(who: string, rights: WorkloadIdentity['rights']): AwsRights {
  const mistakes = new Mistakes();
  checkRights(rights, mistakes, 'identity.rights');
  checkIdentity('eks', rights, mistakes, 'identity.rights');
  if (mistakes.messages.length > 0) throw new Error(mistakes.messages.map((message) => `${who}: ${message}`).join('\n'));
  return rights.aws!;
}
