/** Good manifests of the kinds that applications use most. */

// Tests spoil these manifests at any depth, so their fields are not typed.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Manifest = { apiVersion: string; kind: string; metadata: Record<string, unknown> } & Record<string, any>;

const labels = { 'app.kubernetes.io/name': 'shop' };
const metadata = { name: 'shop', namespace: 'shop', labels };

const podTemplate = {
  metadata: { labels },
  spec: {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'shop',
        image: 'registry.example/shop:1',
        imagePullPolicy: 'IfNotPresent',
        ports: [{ name: 'http', containerPort: 8080 }],
        env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'shop', key: 'key' } } }],
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '128Mi' } },
        readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5 },
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
      },
    ],
  },
};

export const deployment = (): Manifest =>
  structuredClone({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      template: podTemplate,
    },
  });

const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata,
  spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: { template: podTemplate } } },
};

const autoscaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata,
  spec: {
    maxReplicas: 5,
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
  },
};

const backend = { service: { name: 'shop', port: { name: 'http' } } };
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata,
  spec: { rules: [{ host: 'shop.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
};

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata,
  spec: {
    serviceName: 'shop',
    selector: { matchLabels: labels },
    template: podTemplate,
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
  },
};

const networkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 8080, protocol: 'TCP' }] }] },
};

const limits = [{ type: 'Container', default: { cpu: '1' }, defaultRequest: { cpu: 0.1 } }];

/** All of them, fresh. */
export const goodManifests = (): Manifest[] =>
  structuredClone([
    deployment(),
    statefulSet,
    cronJob,
    autoscaler,
    ingress,
    networkPolicy,
    { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: podTemplate } },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { KEY: 'value' }, binaryData: { blob: 'AAE=' } },
    { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { KEY: 'value' }, data: { other: 'dmFsdWU=' } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claim },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '50', 'requests.cpu': 10 } } },
    { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits } },
    { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { maxUnavailable: '50%', selector: {} } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: [{ apiGroups: [''], verbs: ['get'] }] },
  ]);
