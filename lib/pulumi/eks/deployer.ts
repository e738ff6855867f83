import { getCallerIdentityOutput } from '@pulumi/aws/getCallerIdentity';
import type * as pulumi from '@pulumi/pulumi';
import type { Eks } from './schema';
import type { Scope } from './scope';

/** Who is signed in, as IAM names them: a session stands for its role, whose path it does not tell. */
function nameOf(arn: string): string {
  const [, role] = /:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return role === undefined ? arn : `role/${role}`;
}

/** Whether a principal of the settings is who is signed in. */
const isOne = (principal: string, name: string): boolean => principal === name || (principal.includes(':role/') && `role/${principal.split('/').at(-1)}` === name);

/** Principals that may make Kubernetes objects of every kind. */
const mayDeploy = ({ admins, accessEntries }: Eks): string[] => [...Object.values(admins), ...Object.values(accessEntries).flatMap(({ principal, policy, namespaces }) => (policy === 'cluster-admin' && namespaces === undefined ? [principal] : []))];

/** Why who is signed in can't make a cluster with these settings; undefined where they can. */
export function whyNotBy(arn: string, settings: Eks): string | undefined {
  const others = mayDeploy(settings);
  if (others.some((principal) => isOne(principal, nameOf(arn)))) return undefined;
  return `admins: who is signed in to AWS is ${arn}, whom the cluster would not let in; sign in as one of ${others.join(', ')}, or name its role among the admins, or one of them as deployRole`;
}

/**
 * Lets the cluster be made by somebody who gets in afterwards: nobody else could make anything in it, nor say who else gets in.
 * A role that the deployment takes on is one of the admins in any case.
 * @param value - what the cluster can't be made without
 * @returns the same value; in a preview, an error says who is signed in instead
 */
export function forDeployer(scope: Scope, value: string): pulumi.Input<string> {
  const { name, settings, parent, provider } = scope;
  if (settings.deployRole !== undefined) return value;
  return getCallerIdentityOutput({}, { parent, provider }).arn.apply((arn) => {
    const reason = whyNotBy(arn, settings);
    if (reason !== undefined) throw new Error(`EksCluster "${name}": ${reason}`);
    return value;
  });
}
