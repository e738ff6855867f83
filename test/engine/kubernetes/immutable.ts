import { at, type Props } from './values';

/** Which of ConfigMaps and Secrets change in place. */
export interface MutableKinds {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

const BINDING = ['roleRef'];

/** The fields whose change makes the plugin replace an object. Elements of lists have no number. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['spec.selector'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/StatefulSet': ['spec.podManagementPolicy', 'spec.revisionHistoryLimit', 'spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'],
  'batch/Job': ['spec.completions', 'spec.parallelism', 'spec.selector', 'spec.template'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': BINDING,
  'rbac.authorization.k8s.io/RoleBinding': BINDING,
  'storage.k8s.io/StorageClass': ['parameters', 'provisioner'],
  '/PersistentVolumeClaim': ['spec.accessModes', 'spec.selector', 'spec.storageClassName', 'spec.volumeName'],
  '/PersistentVolume': ['csi', 'hostPath', 'local', 'nfs', 'iscsi', 'gcePersistentDisk', 'awsElasticBlockStore'].map((source) => `spec.${source}`),
  '/Pod': [
    ...['affinity', 'automountServiceAccountToken', 'dnsConfig', 'dnsPolicy', 'hostname', 'imagePullSecrets', 'nodeName', 'nodeSelector', 'priorityClassName', 'restartPolicy', 'runtimeClassName', 'securityContext', 'serviceAccountName', 'volumes'].map((field) => `spec.${field}`),
    ...['containers', 'initContainers'].flatMap((list) => ['args', 'command', 'env', 'image', 'ports', 'resources', 'securityContext', 'volumeMounts'].map((field) => `spec.${list}.${field}`)),
  ],
  '/ResourceQuota': ['spec.scopes'],
  '/Service': ['spec.clusterIP'],
};

/** The paths, joined by dots, whose change replaces the object. */
export function immutableFields(object: Props, mutable: MutableKinds): string[] {
  const version = String(object.apiVersion);
  const kind = `${version.includes('/') ? version.split('/')[0] : ''}/${String(object.kind)}`;
  const frozen = at(object, 'immutable') === true;
  const data = [
    ...(kind === '/ConfigMap' && (frozen || !mutable.configMaps) ? ['data', 'binaryData'] : []),
    ...(kind === '/Secret' ? ['type', ...(frozen || !mutable.secrets ? ['data', 'stringData'] : [])] : []),
  ];
  return ['metadata.name', 'metadata.namespace', ...(FIELDS[kind] ?? []), ...data];
}
