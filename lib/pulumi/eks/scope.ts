import type * as pulumi from '@pulumi/pulumi';
import type { Provider } from '@pulumi/aws/provider';
import type { EksAddresses } from '../cluster/address-plan/eks';
import { isProtected } from '../cluster/settings/common';
import { partitionOf } from './regions';
import type { Eks } from './schema';

/** What every part of a cluster is made with. */
export interface Scope {
  /** Name of the cluster, and what all names begin with. */
  readonly name: string;
  /** Its settings. */
  readonly settings: Eks;
  /** Its ranges of addresses. */
  readonly addresses: EksAddresses;
  /** The component that all is part of. */
  readonly parent: pulumi.Resource;
  /** The account and region that all is made in. */
  readonly provider: Provider;
}

/** Options of a part: below the component, in its account and region. */
export const partOf = ({ parent, provider }: Scope, options: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions => ({ parent, provider, ...options });

/** Options of a part that stays until the cluster is unprotected. */
export const lasting = (scope: Scope, options: pulumi.CustomResourceOptions = {}): pulumi.CustomResourceOptions => partOf(scope, { protect: isProtected(scope.settings), ...options });

/** The label by which pods choose a pool, on every cloud. */
export const POOL_LABEL = 'fairlead.dev/pool';

/** Tags of all that is made, by which its cost is told apart. */
export const tagsOf = ({ name, settings }: Pick<Scope, 'name' | 'settings'>): Record<string, string> => ({ cluster: name, ...settings.labels, 'managed-by': 'fairlead' });

/** An ARN in the cluster's region and account. */
export function arnOf({ settings: { region, account } }: Pick<Scope, 'settings'>, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The cluster's ARN, which is known before it is made. */
export const clusterArn = (scope: Pick<Scope, 'name' | 'settings'>): string => arnOf(scope, 'eks', `cluster/${scope.name}`);

/** ARN of the account as a whole: whoever its own policies let. */
export const accountArn = ({ settings: { region, account } }: Pick<Scope, 'settings'>): string => `arn:${partitionOf(region)}:iam::${account}:root`;

/** The tags of a resource, for its name alone: the others come from the provider. */
export const named = (name: string): Record<string, string> => ({ Name: name });
