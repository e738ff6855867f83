export { EksCluster, type EksClusterArgs } from './eks-cluster';
export type {
  AccessEntrySettings, AccessPolicy, AddonIdentity, AddonSettings, BuiltInPool, ControlPlaneLog, EksEgressSettings, EksSettings,
} from './settings';
export { AS_OF as EKS_VERSIONS_AS_OF, EKS_VERSIONS, type EksVersionSupport } from './versions';
