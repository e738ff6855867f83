import type { Application } from '../core/application';
import type { ApplicationInfo, MetricsEndpoint } from '../core/registry';
import { readNetwork } from '../network/network-policy';
import type { Port } from '../network/ports';
import type { Route } from '../network/route';
import type { Pod, PodProps } from '../pod/pod-template';
import type { Slo } from './slo';

/** What of a workload can be seen from outside its pods. */
export interface Appearance {
  /** The ports of its Service; none without one. */
  readonly ports?: readonly Port[];
  readonly metrics?: MetricsEndpoint | undefined;
  readonly route?: Route | undefined;
  readonly slo?: Slo | undefined;
}

/** Makes a workload known to the others of the app, and makes the NetworkPolicy that follows. */
export function announce(application: Application, props: PodProps, pod: Pod, { ports = [], metrics, route, slo }: Appearance = {}): ApplicationInfo {
  const { name: serviceAccount, rights } = pod.serviceAccount;
  const info = application.register({ ports, metrics, hosts: route?.hosts ?? [], identity: rights && { serviceAccount, rights }, slo });
  readNetwork(application, props, {
    info,
    routed: route?.port && { port: route.port, from: route.from },
    callsApiServer: pod.serviceAccount.mountsToken,
    hasIdentity: props.identity !== undefined,
  });
  return info;
}
