import type { Backend } from './health-check';
import { healthCheckOf, within } from './health-check';
import type { Port } from './ports';

/** The class of Ingresses that an Application Load Balancer of AWS serves: on EKS Auto Mode, and where its controller is installed. */
export const ALB = 'alb';

const annotated = (values: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(values).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, String(value)]));

/** Requests go to the pods themselves: Services have no ports on the nodes. */
export const ALB_TARGETS = annotated({ 'target-type': 'ip' });

/** TLS ends at the load balancer, by 1.2 at the least, and plain requests are sent on to it. */
export const ALB_TLS = annotated({ 'listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]', 'ssl-redirect': 443, 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06' });

/**
 * What the load balancer is told: where requests go, and to ask what the readiness probe asks, within the limits of its target
 * groups. It asks by HTTP alone, or gRPC where it speaks it: elsewhere every answer but an error of the server is good.
 */
export function albAnnotations(port: Port, backend: Backend, hasCertificate: boolean): Readonly<Record<string, string>> {
  const { type, port: asked, path, interval, timeout, successes, failures } = healthCheckOf(backend);
  const every = within(5, interval, 300);
  const http = type === 'HTTP' && port.protocol === 'http';
  return {
    ...ALB_TARGETS,
    ...(hasCertificate ? ALB_TLS : {}),
    ...annotated({
      ...(http ? { 'healthcheck-port': asked!, 'healthcheck-path': path!, 'success-codes': '200-399' } : {}),
      ...(!http && port.protocol === 'http' ? { 'success-codes': '200-499' } : {}),
      'healthcheck-interval-seconds': every,
      'healthcheck-timeout-seconds': within(2, timeout, every - 1),
      'healthy-threshold-count': within(2, successes, 10),
      'unhealthy-threshold-count': within(2, failures, 10),
      // No longer than a pod is there: the load balancer would wait five minutes.
      'target-group-attributes': `deregistration_delay.timeout_seconds=${within(0, backend.grace, 3600)}`,
    }),
  };
}
