import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import { WebApp } from '../../workloads/web-app';
import { KUBE_STATE_METRICS } from '../catalogue/kube-state-metrics';
import { imageOf, type ImagesProps } from '../images';
import { grantCluster, grantIn, reading } from '../rbac';

/** What is looked at in each namespace, by API group. Neither Secrets nor ConfigMaps: nothing watches them. */
const NAMESPACED: Readonly<Record<string, readonly string[]>> = {
  '': ['pods', 'persistentvolumeclaims', 'resourcequotas'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
  autoscaling: ['horizontalpodautoscalers'],
  policy: ['poddisruptionbudgets'],
};
/** What is looked at that stands in no namespace. */
const CLUSTER = ['nodes', 'persistentvolumes'];
const USER = 65534;

/** Tells the state of Kubernetes' objects in the namespaces of the environment as metrics. */
export class KubeStateMetrics extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;

  public constructor(scope: Construct, id: string, { namespaces, images, labels = {} }: { readonly namespaces: readonly string[]; readonly images: ImagesProps; readonly labels?: Readonly<Record<string, string>> }) {
    super(scope, id);
    const resources = [...Object.values(NAMESPACED).flat(), ...CLUSTER].sort();
    const metrics = Object.keys(KUBE_STATE_METRICS).filter((name) => !name.startsWith('kube_namespace_'));
    const workload = new WebApp(this, 'kube-state-metrics', {
      description: 'Tells the state of the objects in the cluster as metrics',
      image: imageOf('kubeStateMetrics', images),
      labels,
      args: ['--port=8080', '--telemetry-port=8081', `--resources=${resources.join(',')}`, `--namespaces=${namespaces.join(',')}`, `--metric-allowlist=${metrics.join(',')}`],
      ports: { http: 8080, telemetry: 8081 },
      metrics: { port: 'http' },
      // Two would tell everything twice.
      replicas: 1,
      probes: {
        readiness: { http: { path: '/readyz', port: 'telemetry' }, timeout: '5s' },
        liveness: { http: { path: '/livez', port: 'http' }, timeout: '5s', failureThreshold: 6 },
      },
      security: { runAsUser: USER, runAsGroup: USER },
      mountServiceAccountToken: true,
      resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    });
    this.application = workload.application;
    const subject = { name: this.application.name, namespace: Chart.of(this).namespace! };
    const watching = ([group, kinds]: readonly [string, readonly string[]]) => ({ ...reading(group, ...kinds), verbs: ['list', 'watch'] });
    grantIn(workload, subject, namespaces, Object.entries(NAMESPACED).map(watching));
    grantCluster(workload, subject, [watching(['', CLUSTER])]);
  }
}
