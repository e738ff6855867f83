import type { Application } from '../core/application';
import type { ApplicationInfo, MetricsEndpoint } from '../core/registry';
import { readNetwork } from '../network/network-policy';
import type { Port } from '../network/ports';
import type { Backend } from '../network/health-check';
import { portsOfRoute, type Route } from '../network/route';
import type { Pod, PodProps } from '../pod/pod-template';
import type { Slo } from './slo';

/** What of a workload can be seen from outside its pods. */
export interface Appearance {
  /** The ports of its Service; none without one. */
  readonly ports?: readonly Port[];
  readonly metrics?: MetricsEndpoint | undefined;
  /** The route from outside, and what its load balancer is told of the pods. */
  readonly routed?: { readonly route: Route; readonly backend: Backend } | undefined;
  readonly slo?: Slo | undefined;
}

/** Makes a workload known to the others of the app, and makes the NetworkPolicy that follows. */
export function announce(application: Application, props: PodProps, pod: Pod, { ports = [], metrics, routed, slo }: Appearance = {}): ApplicationInfo {
  const { name: serviceAccount, rights } = pod.serviceAccount;
  const info = application.register({ ports, metrics, hosts: routed?.route.hosts ?? [], identity: rights && { serviceAccount, rights }, slo });
  readNetwork(application, props, {
    info,
    routed: routed?.route.port && { ports: portsOfRoute(routed.route, routed.backend), from: routed.route.from },
    callsApiServer: pod.serviceAccount.mountsToken,
    hasIdentity: props.identity !== undefined,
  });
  return info;
}
