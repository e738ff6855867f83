/** The way into an environment from outside: an ingress controller of its own, or the load balancer of the cluster that it makes. */
import type { Defaults, GatewayProps } from '../../lib';
import { covers } from '../../lib/core/names';
import type { ClusterFacts } from '../../lib/pulumi/cluster/facts';
import { namesOf } from '../../lib/pulumi/cluster/settings/hosts';
import type { Reporter } from '../../lib/pulumi/cluster/settings/read';
import type { Settings } from '../environment';
import { hostsOf } from '../hosts';
import { monitoringNamespace } from '../monitoring/settings';
import type { ClusterSettings } from './settings';

/** Name of the Gateway. */
const GATEWAY = 'entrance';
/** The example that messages show. */
const HOSTS = 'hosts in fairlead:cluster, such as { domain: boutique.example.com }';

/** How requests come in. */
export interface Entrance {
  /** What holds for every route. */
  readonly defaults: Pick<Defaults, 'tls' | 'ingressClass' | 'gateway' | 'ingressTraffic'>;
  /** The Gateway that the environment has of its own. @default none: its routes are Ingresses */
  readonly gateway?: GatewayProps;
}

/** The hosts that the cluster's load balancer has a certificate for; undefined where it ends no TLS. Without Auto Mode, EKS has no controller for one. */
function certifiedHosts(cluster: ClusterSettings | undefined): readonly string[] | undefined {
  if (cluster === undefined || cluster.provider === 'existing' || cluster.hosts === undefined) return undefined;
  return cluster.provider === 'gke' || cluster.autoMode ? namesOf(cluster.hosts) : undefined;
}

/** Reports an environment whose TLS nothing ends, and hosts that there is no certificate for. */
export function checkEntrance(settings: Settings, reporter: Reporter): void {
  const { cluster, tlsIssuer, ingressClass } = settings;
  const certified = certifiedHosts(cluster);
  const own = [tlsIssuer, ingressClass].filter((given) => given !== undefined).length;
  if (certified === undefined) checkController(settings, reporter);
  else if (own === 1) {
    const [missing, given] = tlsIssuer === undefined ? ['tlsIssuer', 'ingressClass'] as const : ['ingressClass', 'tlsIssuer'] as const;
    reporter.add([missing], undefined, `both tlsIssuer and ingressClass, for an ingress controller of yours; or no ${given}, as the load balancer of the cluster has a certificate for ${certified.join(', ')}`);
  } else if (own === 0) {
    for (const { keys, host } of hostsOf(settings)) if (!certified.some((name) => covers(name, host))) reporter.add(keys, host, `a host that the cluster has a certificate for: ${certified.join(', ')}; or add it to fairlead:cluster.hosts.names`);
  }
}

function checkController({ cluster, tlsIssuer, ingressClass }: Settings, reporter: Reporter): void {
  const isMade = cluster !== undefined && cluster.provider !== 'existing';
  if (tlsIssuer === undefined) reporter.add(['tlsIssuer'], undefined, `the name of the ClusterIssuer of cert-manager that signs the certificates${isMade ? `; or ${HOSTS}, for one of the cloud` : ''}`);
  else if (ingressClass === undefined && cluster?.provider === 'eks' && cluster.autoMode) reporter.add(['ingressClass'], undefined, `the class of an ingress controller of yours, as the cluster's own takes no certificates of cert-manager; or ${HOSTS}, and no tlsIssuer`);
}

/** What a person should know who asked for hosts that nothing uses. */
export function idleHosts(settings: Settings): string | undefined {
  const { cluster, tlsIssuer, ingressClass } = settings;
  if (tlsIssuer === undefined || certifiedHosts(cluster) === undefined) return undefined;
  return `has no use for hosts of fairlead:cluster, as ingressClass (${ingressClass}) and tlsIssuer name a controller of your own; take both out for the load balancer of the cluster`;
}

/** The way in, of settings without mistakes. */
export function entranceOf(settings: Settings, { ingress }: Partial<ClusterFacts>): Entrance {
  const { tlsIssuer, ingressClass, namespace, monitoring } = settings;
  if (tlsIssuer !== undefined || ingress?.hosts === undefined) {
    const className = ingressClass ?? ingress?.className;
    return { defaults: { ...(tlsIssuer === undefined ? {} : { tls: { issuer: tlsIssuer } }), ...(className === undefined ? {} : { ingressClass: className }) } };
  }
  const traffic = ingress.sources === undefined ? {} : { ingressTraffic: { cidrs: ingress.sources } };
  if (ingress.gatewayClassName === undefined) return { defaults: { ...traffic, tls: 'loadBalancer', ingressClass: ingress.className! } };
  const { address, annotations, gatewayClassName: className } = ingress;
  const gateway: GatewayProps = {
    name: GATEWAY,
    className,
    tls: 'loadBalancer',
    hosts: hostsOf(settings).map(({ host }) => host),
    ...(monitoring?.grafana.host === undefined ? {} : { routesFrom: [monitoringNamespace(namespace)] }),
    ...(address === undefined ? {} : { address }),
    ...(annotations === undefined ? {} : { annotations }),
  };
  return { defaults: { ...traffic, gateway: { name: GATEWAY, namespace, className, sectionName: 'https' } }, gateway };
}
