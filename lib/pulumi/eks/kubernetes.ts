import type * as pulumi from '@pulumi/pulumi';
import type { JsonObject } from '../../core/json';
import { KubernetesObject } from '../kubernetes-object';
import { INGRESS_CLASS } from './facts';
import { tagsOf, type Scope } from './scope';

/** What objects in the cluster have to do with. */
export interface Surroundings {
  readonly key: pulumi.Input<string> | undefined;
  /** ARN of the certificate of the hosts. @default there are none */
  readonly certificateArn?: pulumi.Input<string>;
  /** File system of shared volumes. @default there is none */
  readonly fileSystem?: pulumi.Input<string>;
}

/** Makes what every cluster has in Kubernetes: storage classes, and on Auto Mode a class of Ingresses and network policies. */
export function makeObjects(scope: Scope, from: Surroundings, options: pulumi.CustomResourceOptions): pulumi.Resource[] {
  const make = (manifest: JsonObject & { apiVersion: string; kind: string; metadata: { name: string } }) => new KubernetesObject(`${scope.name}-${manifest.kind}/${manifest.metadata.name}`, manifest, options);
  return [...storageClasses(scope, from), ...(scope.settings.autoMode ? autoObjects(scope, from) : [])].map(make);
}

function storageClasses(scope: Scope, { key, fileSystem }: Surroundings) {
  const { settings: { autoMode } } = scope;
  const disk = (name: string, parameters: JsonObject, annotations: Record<string, string> = {}) => ({
    ...storageClass(name, autoMode ? 'ebs.csi.eks.amazonaws.com' : 'ebs.csi.aws.com', { ...parameters, encrypted: 'true', ...(key === undefined ? {} : { kmsKeyId: key }), ...volumeTags(scope) }, annotations),
    allowVolumeExpansion: true,
  });
  const shared = fileSystem === undefined ? [] : [storageClass('efs', 'efs.csi.aws.com', { provisioningMode: 'efs-ap', fileSystemId: fileSystem, directoryPerms: '700' })];
  return [
    disk('gp3', { type: 'gp3' }, { 'storageclass.kubernetes.io/is-default-class': 'true' }),
    disk('io2', { type: 'io2', iopsPerGB: '50', allowAutoIOPSPerGBIncrease: 'true' }),
    ...shared,
  ];
}

/** A volume is made where its pod is to run: only there can it be used. */
function storageClass(name: string, provisioner: string, parameters: JsonObject, annotations: Record<string, string> = {}) {
  const metadata = { name, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata, provisioner, parameters, volumeBindingMode: 'WaitForFirstConsumer', reclaimPolicy: 'Delete' };
}

/** Tags of the volumes, as parameters of their class. */
const volumeTags = (scope: Scope) => Object.fromEntries(Object.entries(tagsOf(scope)).map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`]));

function autoObjects(scope: Scope, { certificateArn }: Surroundings) {
  const { name } = scope;
  const parameters = {
    scheme: 'internet-facing',
    // One load balancer for all Ingresses of the cluster.
    group: { name },
    ...(certificateArn === undefined ? {} : { certificateARNs: [certificateArn] }),
    loadBalancerAttributes: [{ key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' }],
    tags: Object.entries(tagsOf(scope)).map(([key, value]) => ({ key, value })),
  };
  return [
    // Without it, Auto Mode lets everything through whatever network policies say.
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' }, data: { 'enable-network-policy-controller': 'true' } },
    { apiVersion: 'eks.amazonaws.com/v1', kind: 'IngressClassParams', metadata: { name: INGRESS_CLASS }, spec: parameters },
    { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: INGRESS_CLASS }, spec: { controller: 'eks.amazonaws.com/alb', parameters: { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: INGRESS_CLASS } } },
  ];
}
