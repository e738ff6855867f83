import { anyOf, notRegex, regex, select } from '../promql';
import { JOBS, type Alert } from './definition';
import type { Platform } from './platform';

const state = (metric: string, matchers = {}) => select(metric, { job: JOBS.kubeStateMetrics, ...matchers });
const node = (metric: string) => select(metric, { job: JOBS.nodeExporter, fstype: notRegex('tmpfs|overlay|squashfs|ramfs|nsfs|'), mountpoint: notRegex('/var/lib/(kubelet|containerd|docker)/.+') });
const DAY = 86_400;
const always = () => true;

/** That the job has no target that answers. */
const down = (job: string) => `absent(${select('up', { job })} == 1)`;

/** Alerts on nodes, volumes, quotas and the parts of the cluster that others rest on. */
export const CLUSTER_ALERTS = {
  NodeNotReady: {
    severity: 'critical',
    for: '15m',
    fits: always,
    expr: () => `max by (node) (${state('kube_node_status_condition', { condition: 'Ready', status: 'true' })}) == 0`,
    summary: () => 'Node {{ $labels.node }} is down',
    description: () => 'The node has not been ready for a quarter of an hour. Its pods are started elsewhere, where there is room.',
  },
  NodeUnderPressure: {
    severity: 'warning',
    for: '5m',
    fits: always,
    expr: () => `max by (node, condition) (${state('kube_node_status_condition', { condition: regex('MemoryPressure|DiskPressure|PIDPressure'), status: 'true' })}) > 0`,
    summary: () => 'Node {{ $labels.node }} runs short: {{ $labels.condition }}',
    description: () => 'The kubelet evicts pods from the node until there is enough again.',
  },
  NodeDiskFillingUp: {
    severity: 'warning',
    for: '30m',
    threshold: { value: 0.1, meaning: 'part of the file system that is free', min: 0, max: 1 },
    fits: always,
    expr: (_, threshold) => `max by (node, mountpoint) (${node('node_filesystem_avail_bytes')}) / max by (node, mountpoint) (${node('node_filesystem_size_bytes')}) < ${threshold}`,
    summary: () => 'A disk of node {{ $labels.node }} fills up',
    description: () => 'Only {{ $value | humanizePercentage }} of {{ $labels.mountpoint }} is free. Images can no longer be pulled, and pods are evicted, once it is full.',
  },
  VolumeNotBound: {
    severity: 'warning',
    for: '15m',
    fits: ({ namespaces }) => namespaces.length > 0,
    expr: ({ namespaces }) => `max by (namespace, persistentvolumeclaim, phase) (${state('kube_persistentvolumeclaim_status_phase', { namespace: anyOf(namespaces), phase: regex('Pending|Lost') })}) > 0`,
    summary: () => 'The claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} has no volume',
    description: () => 'The claim is {{ $labels.phase }}. Pods that mount it wait.',
  },
  QuotaNearlyUsed: {
    severity: 'warning',
    for: '15m',
    threshold: { value: 0.9, meaning: 'part of the quota in use', min: 0, max: 1 },
    fits: ({ namespaces }) => namespaces.length > 0,
    expr: ({ namespaces }, threshold) => {
      const [used, hard] = ['used', 'hard'].map((type) => `max by (namespace, resourcequota, resource) (${state('kube_resourcequota', { namespace: anyOf(namespaces), type })})`);
      return `${used} / (${hard} > 0) > ${threshold}`;
    },
    summary: () => 'The quota of {{ $labels.namespace }} is nearly used up',
    description: () => '{{ $value | humanizePercentage }} of {{ $labels.resource }} is taken. At 100% no further pod is let in, and an update that needs one more stands still.',
  },
  KubeStateMetricsDown: {
    severity: 'critical',
    for: '10m',
    fits: always,
    expr: () => down(JOBS.kubeStateMetrics),
    summary: () => 'kube-state-metrics is down',
    description: () => 'Nothing is known of the state of workloads. Most alerts on applications are blind.',
  },
  KubeletDown: {
    severity: 'critical',
    for: '15m',
    fits: always,
    expr: () => down(JOBS.kubelet),
    summary: () => 'No kubelet can be read',
    description: () => 'Prometheus reads no metrics from any node. Volumes and containers are not watched.',
  },
  ApiServerDown: {
    severity: 'critical',
    for: '10m',
    fits: always,
    expr: () => down(JOBS.apiServer),
    summary: () => 'The API server does not answer',
    description: () => 'Running pods go on; nothing can be changed, scaled or healed.',
  },
  ApiServerErrors: {
    severity: 'warning',
    for: '10m',
    threshold: { value: 0.03, meaning: 'part of requests to the API server that fail', min: 0, max: 1 },
    fits: always,
    expr: (_, threshold) => {
      const requests = (matchers = {}) => `sum by (job) (rate(${select('apiserver_request_total', { job: JOBS.apiServer, ...matchers })}[5m]))`;
      return `${requests({ code: regex('5..') })} / ${requests()} > ${threshold}`;
    },
    summary: () => 'Requests to the API server fail',
    description: () => '{{ $value | humanizePercentage }} of requests fail. Deployments, autoscaling and healing are slow or stand still.',
  },
  CertificateNotRenewed: {
    severity: 'warning',
    for: '1h',
    threshold: { value: 10, meaning: 'days until the certificate expires', min: 1, max: 365 },
    fits: ({ namespaces }) => namespaces.length > 0,
    expr: ({ namespaces }, days) => `min by (namespace, name) (${select('certmanager_certificate_expiration_timestamp_seconds', { job: JOBS.certManager, namespace: anyOf(namespaces) })}) - time() < ${days * DAY}`,
    summary: () => 'The certificate {{ $labels.namespace }}/{{ $labels.name }} is not renewed',
    description: () => 'It expires in {{ $value | humanizeDuration }}. cert-manager should have renewed it when a third of its time was left.',
  },
  CertManagerDown: {
    severity: 'warning',
    for: '15m',
    fits: always,
    expr: () => down(JOBS.certManager),
    summary: () => 'cert-manager is down',
    description: () => 'No certificate is issued or renewed. Those that there are stay good until they expire.',
  },
} satisfies Record<string, Alert<Platform>>;
