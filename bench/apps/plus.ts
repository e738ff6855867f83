import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CONFIG, DESCRIPTION, HOST, IMAGE, REPLICAS } from './task';

/** An application as its author writes it by hand with cdk8s-plus: five objects. */
export function addApplication(scope: Construct, name: string): void {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'bench' };
  const metadata = { name, labels, annotations: { description: DESCRIPTION } };
  const config = new kplus.ConfigMap(scope, `${name}-config`, { metadata: { ...metadata, name: `${name}-config` }, data: CONFIG });
  const deployment = new kplus.Deployment(scope, name, {
    metadata,
    podMetadata: { labels },
    containers: [{
      name,
      image: IMAGE,
      portNumber: 8080,
      envFrom: [kplus.Env.fromConfigMap(config)],
      resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: Size.mebibytes(128), limit: Size.mebibytes(256) } },
      readiness: kplus.Probe.fromHttpGet('/healthz', { port: 8080 }),
      liveness: kplus.Probe.fromHttpGet('/healthz', { port: 8080 }),
      startup: kplus.Probe.fromHttpGet('/healthz', { port: 8080, failureThreshold: 60 }),
    }],
  });
  const service = deployment.exposeViaService({ name, ports: [{ port: 80, targetPort: 8080 }] });
  new kplus.Ingress(scope, `${name}-ingress`, {
    metadata,
    rules: [{ host: `${name}.${HOST}`, backend: kplus.IngressBackend.fromService(service) }],
  });
  new kplus.HorizontalPodAutoscaler(scope, `${name}-autoscaler`, {
    metadata,
    target: deployment,
    minReplicas: REPLICAS.min,
    maxReplicas: REPLICAS.max,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
  });
}
