import type * as pulumi from '@pulumi/pulumi';
import type { ClusterAccess } from '../watch/args';
import type { WorkloadIdentity } from './identity';

/** Where a cluster runs. */
export type Cloud = 'gke' | 'eks' | 'existing';

/** Ranges of addresses, planned before anything is made: what network policies and firewalls are written with. */
export interface ClusterNetwork {
  /** Ranges of the nodes. */
  readonly nodes: readonly string[];
  /** Ranges of the pods. */
  readonly pods: readonly string[];
  /** Ranges of the Services. */
  readonly services: readonly string[];
  /** Ranges in which the API server is reached from the nodes; none where the cloud does not tell before it exists. */
  readonly controlPlane: readonly string[];
}

/** Names of storage classes that are there. */
export interface StorageClasses {
  /** A volume for one node, from SSDs of the usual kind. @default the class that the cluster calls its default */
  readonly default?: string;
  /** A volume for one node with more operations a second. @default none */
  readonly fast?: string;
  /** A volume that pods on several nodes write to. @default none */
  readonly shared?: string;
}

/** What leads into the cluster. */
export interface ClusterIngress {
  /** Whether Ingresses and Services of type LoadBalancer get addresses. */
  readonly loadBalancer: boolean;
  /** Class of Ingresses. @default none of the cluster's own */
  readonly className?: string;
  /** Class of Gateways. @default none of the cluster's own */
  readonly gatewayClassName?: string;
  /** Hosts that lead to it and that its load balancer has a certificate for, wildcards among them: no issuer is needed in the cluster. @default none */
  readonly hosts?: readonly string[];
  /** Annotations by which a Gateway or Ingress uses that certificate. @default none are needed, or there is none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Name of the address reserved for the hosts, for a Gateway. @default none */
  readonly address?: string;
  /** Ranges that its load balancers ask from, for network policies. @default nobody knows, or all is allowed */
  readonly sources?: readonly string[];
  /** Name servers of the zone made for the hosts, for the registrar of the domain. @default none */
  readonly nameServers?: pulumi.Output<readonly string[]>;
}

/** A cluster that charts can be deployed to, whoever made it. What is known before it exists is plain, all else an Output. */
export interface Cluster {
  /** Where it runs. */
  readonly cloud: Cloud;
  /** Its name, as the cloud and kubectl's contexts know it. */
  readonly name: pulumi.Output<string>;
  /** What tells it from every other cluster. */
  readonly identifier: pulumi.Output<string>;
  /** The Kubernetes provider that leads to it: give it to `ChartResources`. */
  readonly provider: pulumi.ProviderResource;
  /** A kubeconfig, secret: its text, or its path where an existing cluster was named by one. It has no token: a plugin gets one. */
  readonly kubeconfig: pulumi.Output<string>;
  /** How whoever watches rollouts gets there: the `watch` of `ChartResources`. */
  readonly access: ClusterAccess;
  /** The command by which a person gets access, for kubectl. @default none: they have it already */
  readonly connect?: pulumi.Output<string>;
  /** Its ranges of addresses. @default nobody knows */
  readonly network?: ClusterNetwork;
  /** Whether pods may use what belongs to the node: host paths, host network, privileges. Not on GKE Autopilot. */
  readonly hostAccess: boolean;
  /** Its storage classes. */
  readonly storageClasses: StorageClasses;
  /** What leads into it. */
  readonly ingress: ClusterIngress;
  /** Registry and folder of images that its nodes may pull from. @default none of its own */
  readonly registry?: pulumi.Output<string>;
  /**
   * Lets exactly this service account of exactly this namespace do something in the cloud.
   * @returns what must be there before the workload starts
   * @throws Error that says what to do where this cluster can't; `checkIdentity` says so before anything is made
   */
  bindIdentity(identity: WorkloadIdentity): readonly pulumi.Resource[];
}
