import type { JsonObject } from '../../../lib';

/** A container that breaks nothing. */
export const container = (more: JsonObject = {}): JsonObject => ({
  name: 'web',
  image: 'ghcr.io/acme/web:1.4.2',
  ports: [{ containerPort: 8080, name: 'http' }],
  readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
  resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '64Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  ...more,
});

/** The spec of a pod that breaks nothing. */
export const pod = (more: JsonObject = {}, own: JsonObject = {}): JsonObject => ({
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } } }],
  containers: [container(own)],
  ...more,
});

/** Any object in namespace `shop`. */
export const object = (apiVersion: string, kind: string, body: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({ apiVersion, kind, metadata: { name: 'web', namespace: 'shop', ...metadata }, ...body });

/** A Deployment of two pods, labelled `app: web`. */
export const deployment = (spec: JsonObject = pod(), more: JsonObject = {}, template: JsonObject = {}): JsonObject =>
  object('apps/v1', 'Deployment', { spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' }, ...template }, spec }, ...more } });

export const service = (spec: JsonObject = {}): JsonObject => object('v1', 'Service', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }], ...spec } });
export const budget = (spec: JsonObject = {}, name = 'web'): JsonObject => object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } }, ...spec } }, { name });
export const networkPolicy = (spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ...spec } }, metadata);
export const namespace = (level: unknown = 'restricted', name: unknown = 'shop'): JsonObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } } });
export const autoscaler = (spec: JsonObject = {}): JsonObject => object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 3, maxReplicas: 9, ...spec } });
export const ingress = (spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => object('networking.k8s.io/v1', 'Ingress', { spec: { rules: [{ host: 'shop.example.com' }], tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }], ...spec } }, metadata);
export const role = (kind: string, rule: JsonObject): JsonObject => object('rbac.authorization.k8s.io/v1', kind, { rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'], ...rule }] });
export const binding = (kind: string, name: unknown, to = 'ClusterRole'): JsonObject => object('rbac.authorization.k8s.io/v1', kind, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: to, name }, subjects: [] });
export const secret = (body: JsonObject): JsonObject => object('v1', 'Secret', body);

/** A stack that breaks nothing. */
export const conforming = (): JsonObject[] => [namespace(), networkPolicy({}, { name: 'deny' }), deployment(), service(), budget(), ingress()];
