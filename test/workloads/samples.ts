import { allOfSecret, fileFromSecret, fromField, fromSecret, Volume, type CronTaskProps, type JobProps, type ReleaseTaskProps, type ServingProps, type StatefulServiceProps, type WebAppProps, type WorkerProps } from '../../lib';

/** The props that go together: with a service account and a policy of its own, which others need. */
export const together = <T extends object>(props: T): T => ({ ...props, serviceAccount: undefined, networkPolicy: true });

/** A value for every prop; the types see to it that none is forgotten. */
type Every<T> = { readonly [K in keyof Required<T>]: T[K] };

const resources = { requests: { cpu: '100m', memory: '128Mi', ephemeralStorage: '1Gi' }, limits: { cpu: '1', memory: '1Gi', ephemeralStorage: '2Gi' } };
const exec = { exec: ['check'], initialDelay: '5s', period: '7s', timeout: '3s', failureThreshold: 4 };

const pod: Omit<Every<JobProps>, 'deadline' | 'backoffLimit' | 'shutdown'> = {
  name: 'other',
  owner: 'checkout',
  partOf: 'shop',
  description: 'Sells things.',
  links: { runbook: 'https://example.com/runbook' },
  labels: { 'example.com/tier': 'gold' },
  annotations: { 'example.com/note': 'hello world' },
  patches: { serviceAccount: { metadata: { annotations: { 'example.com/patched': 'yes' } } } },
  image: 'ghcr.io/acme/other:2.0.0',
  imagePullPolicy: 'Always',
  command: ['run'],
  args: ['--fast'],
  workingDir: '/srv',
  env: { PLAIN: 'a', COUNT: 1, SECRET: fromSecret('secrets', 'key'), FIELD: fromField('metadata.name') },
  envFrom: [allOfSecret('more-secrets')],
  config: { LEVEL: 'info' },
  files: { '/etc/app/app.conf': 'text', '/etc/app/key': fileFromSecret('secrets', 'key') },
  mounts: { '/scratch': Volume.emptyDir('scratch'), '/share': Volume.existingClaim('share', 'share', { accessMode: 'ReadWriteMany' }) },
  writablePaths: ['/tmp'],
  resources,
  containerName: 'main',
  sidecars: { proxy: { image: 'ghcr.io/acme/proxy:1.0.0', ports: { admin: 9901 }, probes: { startup: { tcp: true } } } },
  initContainers: { prepare: { image: 'ghcr.io/acme/prepare:1.0.0', command: ['prepare'] } },
  security: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, supplementalGroups: [2000], bindLowPorts: true, readOnlyRootFilesystem: false },
  imagePullSecrets: ['registry'],
  podLabels: { 'example.com/pod': 'yes' },
  podAnnotations: { 'example.com/pod-note': 'hello' },
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'shop', effect: 'NoSchedule' }],
  priorityClassName: 'high',
  spot: 'prefer',
  serviceAccount: 'existing',
  permissions: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  mountServiceAccountToken: true,
  identity: { gcpServiceAccount: 'shop@project.iam.gserviceaccount.com', awsRoleArn: 'arn:aws:iam::123456789012:role/shop' },
  connectsTo: ['target'],
  egress: [{ cidrs: ['203.0.113.0/24'], except: ['203.0.113.7/32'], ports: [443, { port: 8000, endPort: 8100, protocol: 'UDP' }] }],
  networkPolicy: false,
};

const serving: Every<ServingProps> = {
  ...pod,
  probes: { readiness: exec, liveness: exec, startup: exec },
  shutdown: { drain: '30s', grace: '60s' },
  rollout: { minReady: '9s', revisionHistory: 3 },
  disruption: { minAvailable: 1 },
  spread: 'required',
  metrics: { port: 'metrics', path: '/stats', http: 'prometheus' },
  slo: { objective: 0.999, latency: { threshold: '250ms', objective: 0.99 }, window: '28d' },
  recommendResources: true,
  after: [],
};

const ports = { http: { port: 8080, servicePort: 80 }, grpc: 9000, 'udp-x': 53, metrics: 9090 };

export const WEB: Every<WebAppProps> = {
  ...serving,
  ports,
  replicas: { min: 2, max: 9, cpu: 60, memory: 80, metrics: [{ type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: '30' } } }], behavior: { scaleUp: { stabilizationWindowSeconds: 30 } } },
  route: { hosts: ['shop.example.com'], paths: ['/a'], tls: { issuer: 'letsencrypt' }, ingressClass: 'nginx', annotations: { 'example.com/a': 'b' }, traffic: { namespaces: ['edge'] } },
  rollout: { maxSurge: 1, maxUnavailable: 0, minReady: '9s', progressDeadline: '5m', revisionHistory: 3 },
  shutdown: { drain: '30s', notice: '9s', grace: '60s' },
  serviceAnnotations: { 'example.com/service': 'yes' },
};

export const WORKER: Every<WorkerProps> = {
  ...serving,
  ports: { metrics: 9090 },
  replicas: { min: 0, max: 9, pollingInterval: 10, cooldownPeriod: 60, triggers: [{ type: 'rabbitmq', name: 'orders', metricType: 'Value', metadata: { queueName: 'orders' }, authenticationRef: { name: 'rabbit' } }] },
  disruption: { maxUnavailable: '50%' },
};

export const STATEFUL: Every<StatefulServiceProps> = {
  ...serving,
  ports,
  replicas: 3,
  mounts: { '/data': Volume.claim('data', { size: '1Gi', storageClass: 'fast', accessMode: 'ReadWriteOncePod' }) },
  claimRetention: { whenDeleted: 'Delete', whenScaled: 'Delete' },
  podManagement: 'Parallel',
  serviceAnnotations: { 'example.com/service': 'yes' },
};

const job: Every<JobProps> = { ...pod, deadline: '7m', backoffLimit: 1, shutdown: { drain: '40s' } };

export const CRON: Every<CronTaskProps> = { ...job, schedule: '@hourly', timeZone: 'Europe/Zurich', concurrency: 'Allow', startingDeadline: '2m', history: { successful: 1, failed: 2 }, suspend: true, after: [] };

export const RELEASE: Every<ReleaseTaskProps> = { ...job, rerun: 'build-7' };
