import type { ClusterNetwork, StorageClasses } from './cluster';

/** What is known of a cluster before it exists, from its settings alone: what manifests are rendered with. */
export interface ClusterFacts {
  /** Its ranges of addresses. @default nobody knows */
  readonly network?: ClusterNetwork;
  /** Whether pods may use what belongs to the node. */
  readonly hostAccess: boolean;
  /** Its storage classes. */
  readonly storageClasses: StorageClasses;
  /** What leads into it. */
  readonly ingress: {
    /** Whether Ingresses and Services of type LoadBalancer get addresses. */
    readonly loadBalancer: boolean;
    /** Class of Ingresses. @default none of the cluster's own */
    readonly className?: string;
    /** Class of Gateways. @default none of the cluster's own */
    readonly gatewayClassName?: string;
  };
  /** Registry and folder of images that its nodes may pull from. @default none of its own, or known only with it */
  readonly registry?: string;
}
