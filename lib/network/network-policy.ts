import { Lazy } from 'cdk8s';
import type { Application } from '../core/application';
import { findDefault } from '../core/defaults';
import type { JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo, ResolvedConnection } from '../core/registry';
import { asFlag } from '../core/shape';
import { declareConnections, type ConnectionInput } from './connections';
import { transport, type Port } from './ports';
import { NAMESPACE_LABEL, readEgress, readTrafficSource, type EgressProps, type TrafficSource } from './traffic';

/** What may reach a workload and what it may reach. */
export interface NetworkProps {
  /** The workloads that this one talks to, itself included where its pods talk to each other; both ends get the policy for it. DNS is always allowed. @default none */
  readonly connectsTo?: readonly ConnectionInput[];
  /** Addresses outside that it talks to; `'any'` for all. @default none */
  readonly egress?: readonly EgressProps[] | 'any';
  /** Whether a NetworkPolicy is made. Without one, the namespace's default-deny policy cuts the workload off. @default true */
  readonly networkPolicy?: boolean;
}

/** The keys of {@link NetworkProps}. */
export const NETWORK_KEYS: Record<keyof NetworkProps, true> = { connectsTo: true, egress: true, networkPolicy: true };

/** What else the policy must let through. */
export interface PolicyContext {
  readonly info: ApplicationInfo;
  /** The ports that the outside world reaches through a route, and the peers that its requests come from. */
  readonly routed?: { readonly ports: readonly number[]; readonly from: readonly JsonObject[] } | undefined;
  /** Whether the workload talks to the API server. */
  readonly callsApiServer: boolean;
  /** Whether it gets credentials from the cloud's metadata service. */
  readonly hasIdentity: boolean;
}

const MONITORING: TrafficSource = { namespaces: ['monitoring'] };
const API_SERVER: TrafficSource = { cidrs: ['0.0.0.0/0'] };
const API_SERVER_PORTS = [{ protocol: 'TCP', port: 443 }, { protocol: 'TCP', port: 6443 }];
/** Name resolution: the cluster's DNS pods, and the node-local cache at its well-known address. */
const DNS_RULE = {
  to: [{ namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: 'kube-system' } } }, { ipBlock: { cidr: '169.254.20.10/32' } }, { ipBlock: { cidr: '169.254.169.254/32' } }],
  ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
};
/** Where pods get cloud credentials: GKE's metadata server (also by its host port) and the EKS Pod Identity agent. */
const IDENTITY_RULES = [
  { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }, { ipBlock: { cidr: '169.254.169.252/32' } }], ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP', port: 988 }] },
  { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [{ protocol: 'TCP', port: 80 }] },
];

/** Reads `connectsTo` and `egress`, and makes the policy; connections are looked up at synth, when every workload is known. */
export function readNetwork(application: Application, props: NetworkProps, context: PolicyContext): Manifest | undefined {
  const { problems, registry } = application;
  declareConnections(application, props.connectsTo, context.info);
  const outside = readEgress(application, props.egress);
  const wanted = asFlag(problems, 'networkPolicy', application.setting('networkPolicy', props.networkPolicy, true, 'only declared connections pass'));
  if (wanted === false) {
    if (outside.length > 0) problems.add('egress', props.egress, "it is a rule of the NetworkPolicy, which 'networkPolicy: false' leaves out; remove one of the two");
    return undefined;
  }
  const { info } = context;
  const fixedIngress = routeRules(context);
  const scraped = readMetricsRules(application, info);
  const fixedEgress = egressRules(application, context);
  const produce = () => {
    // By name, not by declaration: moving a construct must change nothing.
    const callers = [...registry.incoming(info)].sort((a, b) => (callerKey(a) < callerKey(b) ? -1 : 1));
    const incoming = callers.map(({ from, ports }) => ({ from: [peer(info, from)], ports: ports.map(policyPort) }));
    const outgoing = registry.outgoing(info).map(({ to, ports }) => ({ to: [peer(info, to)], ports: ports.map(policyPort) }));
    const scrapes = registry.scrapesBy(info).map((scrape) => ({ to: [peer(info, scrape)], ports: [{ protocol: 'TCP', port: scrape.port }] }));
    const ingress = dedupe([...incoming, ...fixedIngress, ...scraped()]);
    return {
      podSelector: { matchLabels: { ...application.selector } },
      policyTypes: ['Ingress', 'Egress'],
      ...(ingress.length > 0 ? { ingress } : {}),
      egress: [DNS_RULE, ...dedupe([...outgoing, ...scrapes]), ...outside, ...fixedEgress],
    };
  };
  return application.manifest('networkPolicy', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: Lazy.any({ produce }) });
}

/** What comes in through the route. */
const routeRules = ({ routed }: PolicyContext): JsonObject[] => (routed ? [{ from: routed.from, ports: routed.ports.map((port) => ({ protocol: 'TCP', port })) }] : []);

/** What comes in for the metrics: from those of the app who fetch them, or else from where they are said to come from. */
function readMetricsRules(application: Application, info: ApplicationInfo): () => JsonObject[] {
  const { metrics } = info;
  if (!metrics) return () => [];
  const given = findDefault(application.scope, 'metricsTraffic');
  const source = application.setting('metricsTraffic', undefined, MONITORING, 'where Prometheus usually stands');
  const elsewhere = { from: readTrafficSource(application, 'defaults.metricsTraffic', source), ports: [{ protocol: 'TCP', port: metrics.port }] };
  return () => {
    const scrapes = application.registry.scrapesOf(info);
    if (scrapes.length === 0) return [elsewhere];
    if (!given) application.decide('metricsTraffic', scrapes.map(({ from }) => from.scope.node.path), 'the MonitoringStack of the app fetches the metrics');
    return [...scrapes.map(({ from, port }) => ({ from: [peer(info, from)], ports: [{ protocol: 'TCP', port }] })), ...(given ? [elsewhere] : [])];
  };
}

/** What goes out by other ways than connections: to the API server, and for cloud credentials. */
function egressRules(application: Application, { callsApiServer, hasIdentity }: PolicyContext): JsonObject[] {
  const rules: JsonObject[] = [];
  if (callsApiServer) {
    const source = application.setting('apiServerTraffic', undefined, API_SERVER, 'the address of the API server is not known');
    rules.push({ to: readTrafficSource(application, 'defaults.apiServerTraffic', source), ports: API_SERVER_PORTS });
  }
  return hasIdentity ? [...rules, ...IDENTITY_RULES] : rules;
}

const callerKey = ({ from }: ResolvedConnection) => `${from.namespace ?? ''}/${from.name}`;

const dedupe = (rules: readonly JsonObject[]) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];

function peer(own: ApplicationInfo, other: Pick<ApplicationInfo, 'namespace' | 'selector'>): JsonObject {
  const podSelector = { matchLabels: { ...other.selector } };
  return own.namespace === other.namespace ? { podSelector } : { namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: other.namespace } }, podSelector };
}

const policyPort = (port: Port): JsonObject => ({ protocol: transport(port), port: port.port });
