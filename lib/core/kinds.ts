/** Kinds that stand in no namespace, by API group. */
const CLUSTER_SCOPED: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
  '': ['Namespace', 'Node', 'PersistentVolume'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'admissionregistration.k8s.io': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'],
  'storage.k8s.io': ['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'VolumeAttributesClass'],
  'scheduling.k8s.io': ['PriorityClass'],
  'node.k8s.io': ['RuntimeClass'],
  'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterSecretStore', 'ClusterExternalSecret'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'monitoring.googleapis.com': ['ClusterPodMonitoring', 'ClusterRules', 'GlobalRules', 'ClusterNodeMonitoring'],
}));

/** The group of an apiVersion: empty for the core. */
export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

/** Whether objects of the kind stand in no namespace. */
export function isClusterScoped({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return CLUSTER_SCOPED.get(groupOf(apiVersion))?.includes(kind) ?? false;
}

/** Kinds in the order in which they must be applied: what others need comes first. */
const APPLY_ORDER: readonly string[] = [
  'CustomResourceDefinition', 'Namespace', 'PriorityClass', 'StorageClass', 'RuntimeClass', 'ResourceQuota', 'LimitRange', 'NetworkPolicy',
  'ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding',
  'ClusterSecretStore', 'SecretStore', 'ExternalSecret', 'SealedSecret', 'ClusterIssuer', 'Issuer', 'Certificate', 'Secret', 'ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim',
  'Service', 'Job', 'Pod', 'DaemonSet', 'StatefulSet', 'Deployment', 'ReplicaSet', 'CronJob',
];
const LAST: readonly string[] = ['PodDisruptionBudget', 'HorizontalPodAutoscaler', 'ScaledObject', 'VerticalPodAutoscaler', 'Ingress', 'HTTPRoute', 'GRPCRoute'];
const RANK = new Map([...APPLY_ORDER.map((kind, index) => [kind, index] as const), ...LAST.map((kind, index) => [kind, APPLY_ORDER.length + 1 + index] as const)]);

/** Place of a kind in the order of application; unknown kinds come after the workloads, before what refers to them. */
export const applyRank = (kind: string): number => RANK.get(kind) ?? APPLY_ORDER.length;
