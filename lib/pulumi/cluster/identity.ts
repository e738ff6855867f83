import type { IConstruct } from 'constructs';
import type { Mistakes } from '../../core/problems';
import { Registry } from '../../core/registry';
import type { CloudRights } from '../../pod/cloud-rights';
import type { Cloud } from './cluster';

/** A workload that acts in the cloud. */
export interface WorkloadIdentity {
  /** Its namespace. */
  readonly namespace: string;
  /** Its service account. */
  readonly serviceAccount: string;
  /** What it may do. */
  readonly rights: CloudRights;
}

/** A workload that acts in the cloud, as its construct declares it. */
export interface DeclaredIdentity extends WorkloadIdentity {
  /** Path of the construct. */
  readonly path: string;
}

/** The identities that the workloads of an app declare. */
export function identitiesOf(app: IConstruct): DeclaredIdentity[] {
  return Registry.of(app).applications.flatMap(({ scope, namespace, identity }) => (identity === undefined || namespace === undefined ? [] : [{ path: scope.node.path, namespace, ...identity }]));
}

const RIGHTS = { gke: 'gcp', eks: 'aws' } as const;

const NAMES = { gke: 'GKE', eks: 'EKS' } as const;

/**
 * Reports rights that a cluster of this kind can't give; before anything is made.
 * @param path - of the workload's prop: `identity.rights`
 */
export function checkIdentity(cloud: Cloud, rights: CloudRights, mistakes: Mistakes, path: string): void {
  if (cloud === 'existing') {
    mistakes.add(path, rights, "a cluster that is there already gives no rights in its cloud; make the identity there and name it: 'gcpServiceAccount' or 'awsRoleArn', or leave the rights out");
    return;
  }
  const needed = RIGHTS[cloud];
  if (rights[needed] !== undefined) return;
  mistakes.add(`${path}.${needed}`, undefined, `on ${NAMES[cloud]}, '${needed}' says what the workload may do; add it, or leave the rights out`);
}
