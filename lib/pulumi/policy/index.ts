export type { ImagePolicy } from '../../pod/image';
export { POLICY_NAMES, type PolicyName } from './definitions';
export type { ImageReferenceSettings, NamespaceSecuritySettings, PodSecuritySettings, PolicyLevel, PolicyOptions, PolicySettings, ReplicasSettings } from './options';
export { policies } from './policies';
