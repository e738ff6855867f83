import type { ClusterIngress, ClusterNetwork, StorageClasses } from './cluster';

/** What is known of a cluster before it exists, from its settings alone: what manifests are rendered with. */
export interface ClusterFacts {
  /** Its ranges of addresses. @default nobody knows */
  readonly network?: ClusterNetwork;
  /** Whether pods may use what belongs to the node. */
  readonly hostAccess: boolean;
  /** Its storage classes. */
  readonly storageClasses: StorageClasses;
  /** What leads into it. */
  readonly ingress: Omit<ClusterIngress, 'nameServers'>;
  /** Registry and folder of images that its nodes may pull from. @default none of its own, or known only with it */
  readonly registry?: string;
}
