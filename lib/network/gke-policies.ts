import type { Application } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { healthCheckOf, within, type Backend } from './health-check';

/** Whether a class of Gateways is one of GKE, whose load balancers send requests to the pods themselves. */
export const isGkeClass = (className: string | undefined): boolean => className?.startsWith('gke-l7-') ?? false;

/**
 * Makes GKE's policies for the Service of a route: the load balancer asks what the readiness probe asks, where it would ask for
 * `/`, and lets requests end that a pod has taken, where it would cut them off.
 */
export function makeGkePolicies(application: Application, backend: Backend): Manifest[] {
  const policy = (property: string, kind: string, settings: JsonObject) => application.manifest(property, {
    apiVersion: 'networking.gke.io/v1',
    kind,
    spec: { default: settings, targetRef: { group: '', kind: 'Service', name: application.name } },
  });
  return [
    policy('healthCheckPolicy', 'HealthCheckPolicy', healthCheck(backend)),
    policy('backendPolicy', 'GCPBackendPolicy', { connectionDraining: { drainingTimeoutSec: within(0, backend.grace, 3600) } }),
  ];
}

/** Within the limits of Google Cloud: https://googlecloudplatform.github.io/gke-gateway-api. */
function healthCheck(backend: Backend): JsonObject {
  const { type, port, path, service, interval, timeout, successes, failures } = healthCheckOf(backend);
  const checkIntervalSec = within(1, interval, 300);
  const place = port === undefined ? { portSpecification: 'USE_SERVING_PORT' } : { portSpecification: 'USE_FIXED_PORT', port };
  return {
    checkIntervalSec,
    timeoutSec: within(1, timeout, checkIntervalSec),
    healthyThreshold: within(1, successes, 10),
    unhealthyThreshold: within(1, failures, 10),
    config: { type, [`${type.toLowerCase()}HealthCheck`]: compact({ ...place, requestPath: path, grpcServiceName: service }) },
  };
}
