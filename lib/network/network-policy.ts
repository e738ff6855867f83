import { Lazy } from 'cdk8s';
import { isIP } from 'node:net';
import type { Application } from '../core/application';
import { isPlainObject, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkDnsLabel } from '../core/names';
import type { ApplicationInfo, IApplication, ResolvedConnection } from '../core/registry';
import { didYouMean } from '../core/suggest';
import { transport, type Port } from './ports';

/** A workload to connect to: the construct, its name (`'redis'`, `'other-namespace/redis'`), or either with the ports. */
export type ConnectionInput = string | IApplication | { readonly to: string | IApplication; readonly ports?: readonly (string | number)[] };

/** Addresses outside the cluster that pods may reach. */
export interface EgressProps {
  /** Address ranges: `'203.0.113.0/24'`. */
  readonly cidrs: readonly string[];
  /** Ranges within them that stay closed. @default none */
  readonly except?: readonly string[];
  /** Ports. @default every port */
  readonly ports?: readonly (number | { readonly port: number; readonly protocol?: 'TCP' | 'UDP'; readonly endPort?: number })[];
}

/** Where requests come from: namespaces, address ranges, or both. */
export interface TrafficSource {
  /** Names of namespaces. @default none */
  readonly namespaces?: readonly string[];
  /** Address ranges. @default none */
  readonly cidrs?: readonly string[];
}

/** What may reach a workload and what it may reach. */
export interface NetworkProps {
  /** The workloads that this one talks to; both ends get the policy for it. DNS is always allowed. @default none */
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
  /** Ports that the outside world reaches through a route, and from where. */
  readonly routed?: { readonly ports: readonly Port[]; readonly from: TrafficSource } | undefined;
  /** Whether the workload talks to the API server. */
  readonly callsApiServer: boolean;
  /** Whether it gets credentials from the cloud's metadata service. */
  readonly hasIdentity: boolean;
}

const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';
const MONITORING = { namespaces: ['monitoring'] };
const API_SERVER = { cidrs: ['0.0.0.0/0'] };
const API_SERVER_PORTS = [{ port: 443 }, { port: 6443 }];
/** Name resolution: the cluster's DNS pods, and the node-local cache at its well-known address. */
const DNS_RULE = {
  to: [{ namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: 'kube-system' } } }, { ipBlock: { cidr: '169.254.20.10/32' } }],
  ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
};
/** Where pods get cloud credentials: GKE's metadata server (also by its host port) and the EKS Pod Identity agent. */
const IDENTITY_RULES = [
  { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }, { ipBlock: { cidr: '169.254.169.252/32' } }], ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP', port: 988 }] },
  { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [{ protocol: 'TCP', port: 80 }] },
];

/** Reads `connectsTo` and `egress`, and makes the policy; its rules are looked up at synth, when every workload is known. */
export function readNetwork(application: Application, props: NetworkProps, context: PolicyContext): Manifest | undefined {
  declareConnections(application, props.connectsTo ?? [], context.info);
  const egress = readEgress(application, props.egress ?? []);
  const wanted = application.setting('networkPolicy', props.networkPolicy, true, 'only declared connections pass');
  if (!wanted) {
    if (egress.length > 0) application.problems.add('egress', props.egress, "it is a rule of the NetworkPolicy, which 'networkPolicy: false' leaves out; remove one of the two");
    return undefined;
  }
  const rules = () => ({
    podSelector: { matchLabels: { ...application.selector } },
    policyTypes: ['Ingress', 'Egress'],
    ...optional('ingress', ingressRules(application, context)),
    egress: egressRules(application, context, egress),
  });
  return application.manifest('networkPolicy', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: Lazy.any({ produce: rules }) });
}

const optional = (key: string, rules: readonly JsonObject[]) => (rules.length === 0 ? {} : { [key]: rules });

function ingressRules(application: Application, { info, routed }: PolicyContext): JsonObject[] {
  const connections = application.registry.incoming(info).map(({ from, ports }) => ({ from: [peer(info, from)], ports: policyPorts(ports) }));
  const rules: JsonObject[] = dedupe(connections);
  if (routed) rules.push({ from: sources(routed.from), ports: policyPorts(routed.ports) });
  if (info.metrics) {
    const from = application.setting('metricsTraffic', undefined) ?? MONITORING;
    rules.push({ from: sources(from), ports: [{ protocol: 'TCP', port: info.metrics.port }] });
  }
  return rules;
}

function egressRules(application: Application, { info, callsApiServer, hasIdentity }: PolicyContext, egress: readonly JsonObject[]): JsonObject[] {
  const connections = application.registry.outgoing(info).map(({ to, ports }) => ({ to: [peer(info, to)], ports: policyPorts(ports) }));
  const apiServer = application.setting('apiServerTraffic', undefined) ?? API_SERVER;
  return [
    DNS_RULE,
    ...dedupe(connections),
    ...egress,
    ...(callsApiServer ? [{ to: sources(apiServer), ports: API_SERVER_PORTS.map(({ port }) => ({ protocol: 'TCP', port })) }] : []),
    ...(hasIdentity ? IDENTITY_RULES : []),
  ];
}

const dedupe = (rules: readonly JsonObject[]) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];

function peer(own: ApplicationInfo, other: ApplicationInfo): JsonObject {
  const podSelector = { matchLabels: { ...other.selector } };
  if (own.namespace === other.namespace || other.namespace === undefined) return { podSelector };
  return { namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: other.namespace } }, podSelector };
}

const policyPorts = (ports: ResolvedConnection['ports']) => ports.map((port) => ({ protocol: transport(port), port: port.port }));

function sources({ namespaces = [], cidrs = [] }: TrafficSource): JsonObject[] {
  return [...namespaces.map((name) => ({ namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: name } } })), ...cidrs.map((cidr) => ({ ipBlock: { cidr } }))];
}

/** Reports what a traffic source gets wrong. */
export function checkTrafficSource(application: Application, prop: string, source: TrafficSource): void {
  const { problems } = application;
  problems.unknownKeys(prop, source, ['namespaces', 'cidrs'], didYouMean);
  for (const name of source.namespaces ?? []) {
    const wrong = checkDnsLabel(name);
    if (wrong) problems.add(`${prop}.namespaces`, name, wrong);
  }
  for (const cidr of source.cidrs ?? []) checkCidr(application, `${prop}.cidrs`, cidr);
  if (!source.namespaces?.length && !source.cidrs?.length) problems.add(prop, source, 'at least one namespace or address range is required: an empty list would mean everyone');
}

function declareConnections(application: Application, inputs: readonly ConnectionInput[], from: ApplicationInfo): void {
  const { registry, problems, scope } = application;
  inputs.forEach((input, index) => {
    const prop = `connectsTo[${index}]`;
    const { to, ports } = isPlainObject(input) ? (input as { to: string | IApplication; ports?: readonly (string | number)[] }) : { to: input as string | IApplication, ports: undefined };
    if (typeof to !== 'string' && to?.application === undefined) return problems.add(prop, typeof to, 'a workload or the name of one is allowed');
    const connection = { from, to: typeof to === 'string' ? to : to.application, ports };
    registry.connect(connection);
    scope.node.addValidation({
      validate: () => {
        const target = registry.target(connection);
        const name = typeof to === 'string' ? to : to.application.name;
        if (!target) return [`${prop}: got "${name}"; no workload of the app has that name${registry.suggest(name)}`];
        const known = target.ports.map((port) => `${port.name} (${port.port})`).join(', ');
        if (known === '') return [`${prop}: got "${name}"; it has no ports to connect to; declare them there, or remove the connection`];
        return (ports ?? []).filter((wanted) => !target.ports.some((port) => port.name === wanted || port.port === wanted)).map((wanted) => `${prop}.ports: got ${JSON.stringify(wanted)}; '${name}' has no such port; its ports are: ${known}`);
      },
    });
  });
}

function readEgress(application: Application, egress: readonly EgressProps[] | 'any'): JsonObject[] {
  if (egress === 'any') return [{}];
  return egress.map((rule, index) => {
    const prop = `egress[${index}]`;
    application.problems.unknownKeys(prop, rule, ['cidrs', 'except', 'ports'], didYouMean);
    if (!rule.cidrs?.length) application.problems.add(`${prop}.cidrs`, rule.cidrs, "at least one address range is required; write 'any' in place of the list for all");
    for (const cidr of [...(rule.cidrs ?? []), ...(rule.except ?? [])]) checkCidr(application, `${prop}.cidrs`, cidr);
    const ports = rule.ports?.map((given) => {
      const { port, protocol = 'TCP', endPort } = typeof given === 'number' ? { port: given } : given;
      if (!Number.isInteger(port) || port < 1 || port > 65535) application.problems.add(`${prop}.ports`, port, 'a whole number from 1 to 65535 is allowed');
      return { protocol, port, ...(endPort === undefined ? {} : { endPort }) };
    });
    const to = (rule.cidrs ?? []).map((cidr) => ({ ipBlock: { cidr, ...(rule.except?.length ? { except: [...rule.except] } : {}) } }));
    return { to, ...(ports?.length ? { ports } : {}) };
  });
}

function checkCidr(application: Application, prop: string, cidr: string): void {
  const [address = '', bits = '', ...rest] = String(cidr).split('/');
  const family = isIP(address);
  const valid = family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
  if (!valid) application.problems.add(prop, cidr, 'an address range is allowed, such as "10.0.0.0/8"');
}
