import type { JsonObject } from '../../core/json';
import { qualifiedKind, type DeployedObject } from '../deployed-object';
import { listAt, objectAt, textAt } from '../../core/paths';
import { podReferences } from './pod-references';
import { References, type Reference } from './reference';

type Collect = (references: References, manifest: JsonObject) => void;

const target = (...path: string[]): Collect => (references, manifest) => {
  const { apiVersion = '', kind, name } = objectAt(manifest, ...path);
  references.near(qualifiedKind(String(apiVersion), String(kind ?? 'Deployment')), name);
};

const binding: Collect = (references, manifest) => {
  const { kind, name } = objectAt(manifest, 'roleRef');
  if (kind === 'ClusterRole') references.global('ClusterRole', name);
  else references.near('Role', name);
  for (const subject of listAt(manifest, 'subjects')) if (subject.kind === 'ServiceAccount') references.near('ServiceAccount', subject.name, subject.namespace);
};

const issuer = (references: References, { kind = 'Issuer', name }: JsonObject): void => {
  if (kind === 'ClusterIssuer') references.global('ClusterIssuer.cert-manager.io', name);
  else references.near('Issuer.cert-manager.io', name);
};

const ingress: Collect = (references, manifest) => {
  references.near('Service', textAt(manifest, 'spec', 'defaultBackend', 'service', 'name'));
  for (const rule of listAt(manifest, 'spec', 'rules')) for (const path of listAt(rule, 'http', 'paths')) references.near('Service', textAt(path, 'backend', 'service', 'name'));
  for (const tls of listAt(manifest, 'spec', 'tls')) references.near('Secret', tls.secretName);
  references.global('IngressClass', textAt(manifest, 'spec', 'ingressClassName'));
  const annotations = objectAt(manifest, 'metadata', 'annotations');
  issuer(references, { name: annotations['cert-manager.io/issuer'] });
  issuer(references, { kind: 'ClusterIssuer', name: annotations['cert-manager.io/cluster-issuer'] });
};

const route: Collect = (references, manifest) => {
  for (const { name, namespace, kind = 'Gateway' } of listAt(manifest, 'spec', 'parentRefs')) references.near(String(kind), name, namespace);
  for (const rule of listAt(manifest, 'spec', 'rules')) for (const { name, namespace, kind = 'Service' } of listAt(rule, 'backendRefs')) references.near(String(kind), name, namespace);
};

const gateway: Collect = (references, manifest) => {
  references.global('GatewayClass', textAt(manifest, 'spec', 'gatewayClassName'));
  for (const listener of listAt(manifest, 'spec', 'listeners')) for (const { name, namespace } of listAt(listener, 'tls', 'certificateRefs')) references.near('Secret', name, namespace);
};

const webhooks: Collect = (references, manifest) => {
  for (const webhook of listAt(manifest, 'webhooks')) {
    const { name, namespace } = objectAt(webhook, 'clientConfig', 'service');
    references.near('Service', name, namespace);
  }
};

/** What objects name besides pods, by the kind as identities show it. */
const BY_KIND: Readonly<Record<string, Collect>> = {
  ServiceAccount: (references, manifest) => {
    for (const { name } of listAt(manifest, 'imagePullSecrets')) references.near('Secret', name);
  },
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  HorizontalPodAutoscaler: target('spec', 'scaleTargetRef'),
  'ScaledObject.keda.sh': (references, manifest) => {
    target('spec', 'scaleTargetRef')(references, { spec: { scaleTargetRef: { apiVersion: 'apps/v1', ...objectAt(manifest, 'spec', 'scaleTargetRef') } } });
    for (const trigger of listAt(manifest, 'spec', 'triggers')) references.near('TriggerAuthentication.keda.sh', textAt(trigger, 'authenticationRef', 'name'));
  },
  VerticalPodAutoscaler: target('spec', 'targetRef'),
  Ingress: ingress,
  'HealthCheckPolicy.networking.gke.io': target('spec', 'targetRef'),
  'GCPBackendPolicy.networking.gke.io': target('spec', 'targetRef'),
  HTTPRoute: route,
  GRPCRoute: route,
  TLSRoute: route,
  TCPRoute: route,
  UDPRoute: route,
  Gateway: gateway,
  ValidatingWebhookConfiguration: webhooks,
  MutatingWebhookConfiguration: webhooks,
  APIService: (references, manifest) => references.near('Service', textAt(manifest, 'spec', 'service', 'name'), textAt(manifest, 'spec', 'service', 'namespace')),
  PersistentVolumeClaim: (references, manifest) => {
    references.global('StorageClass', textAt(manifest, 'spec', 'storageClassName'));
    references.global('PersistentVolume', textAt(manifest, 'spec', 'volumeName'));
  },
  PersistentVolume: (references, manifest) => references.global('StorageClass', textAt(manifest, 'spec', 'storageClassName')),
  'Certificate.cert-manager.io': (references, manifest) => issuer(references, objectAt(manifest, 'spec', 'issuerRef')),
  'ExternalSecret.external-secrets.io': (references, manifest) => {
    const { kind = 'SecretStore', name } = objectAt(manifest, 'spec', 'secretStoreRef');
    if (kind === 'ClusterSecretStore') references.global('ClusterSecretStore.external-secrets.io', name);
    else references.near('SecretStore.external-secrets.io', name);
  },
};

/** What an object names, in its pods and elsewhere. */
export function objectReferences(object: DeployedObject): readonly Reference[] {
  const collect = BY_KIND[qualifiedKind(object.apiVersion, object.kind)];
  const references = new References(object);
  collect?.(references, object.manifest);
  return [...podReferences(object), ...references.found];
}

/** The Secret that the controller of an object makes from it: whoever names that Secret waits for the object. */
export function secretMadeBy({ apiVersion, kind, name, namespace, manifest }: DeployedObject): Reference | undefined {
  const made = (secret: string): Reference => ({ kind: 'Secret', namespace, name: secret });
  switch (qualifiedKind(apiVersion, kind)) {
    case 'ExternalSecret.external-secrets.io':
      return made(textAt(manifest, 'spec', 'target', 'name') ?? name);
    case 'SealedSecret.bitnami.com':
      return made(textAt(manifest, 'spec', 'template', 'metadata', 'name') ?? name);
    case 'Certificate.cert-manager.io':
      return made(textAt(manifest, 'spec', 'secretName') ?? name);
    default:
      return undefined;
  }
}
