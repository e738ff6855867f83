/** Whom network policies name, and whether they let through what the workloads are told to call. */
import { behind } from './services';
import { labelOf, selects, type Labels, type Obj, type Pods, type Selector, type World } from './world';

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly protocol?: string; readonly port?: number | string }[];
}

interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** Namespaces that belong to the platform and not to an environment. */
const OF_THE_PLATFORM = ['kube-system', 'ingress-nginx', 'monitoring'];
const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** Its pods come and go with cert-manager's challenges. */
const OF_CERT_MANAGER = 'acme-solver';

const policies = (world: World) => world.all<PolicySpec>('NetworkPolicy').filter(({ metadata }) => metadata.name !== OF_CERT_MANAGER);

export function unresolvedByPolicies(world: World): string[] {
  return [...policies(world).flatMap((policy) => inPolicy(world, policy).map((what) => `${labelOf(policy)}: ${what}`)), ...world.pods.flatMap((pods) => withoutPolicy(world, pods))];
}

function inPolicy(world: World, { metadata, spec }: Obj<PolicySpec>): string[] {
  const { namespace = '' } = metadata;
  const { matchLabels = {} } = spec.podSelector;
  const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
  const chosen = world.selected(namespace, matchLabels);
  return [
    ...(chosen.length > 0 ? [] : ['selects no pods']),
    ...(spec.ingress ?? []).flatMap(({ ports = [] }) => ports).filter(({ port }) => !chosen.some((pods) => has(pods, port))).map(({ port }) => `lets requests in to port ${port}, which its pods do not have`),
    ...rules.flatMap((rule) => [...(rule.from ?? []), ...(rule.to ?? [])].flatMap((peer) => inPeer(world, namespace, peer))),
    ...(spec.egress ?? []).flatMap(({ to = [], ports = [] }) => to.flatMap((peer) => ports.filter(({ port }) => reachable(world, namespace, peer)?.every((pods) => !has(pods, port))).map(({ port }) => `lets requests out to port ${port}, which no pod there has`))),
  ];
}

function inPeer(world: World, own: string, peer: Peer): string[] {
  const names = Object.entries(peer.namespaceSelector?.matchLabels ?? {});
  const unknown = names.filter(([key, name]) => key !== NAMESPACE_LABEL || !(OF_THE_PLATFORM.includes(name) || world.find('Namespace', undefined, name)));
  if (unknown.length > 0) return [`no namespace with ${unknown.map(([key, name]) => `${key}=${name}`).join(', ')}`];
  return reachable(world, own, peer)?.length === 0 ? [`no pods with ${JSON.stringify(peer.podSelector?.matchLabels)}`] : [];
}

/** The pods that a peer stands for; undefined for addresses and for what the platform runs. */
function reachable(world: World, own: string, { podSelector, namespaceSelector, ipBlock }: Peer): readonly Pods[] | undefined {
  const namespace = namespaceSelector?.matchLabels?.[NAMESPACE_LABEL] ?? own;
  if (ipBlock || OF_THE_PLATFORM.includes(namespace)) return undefined;
  return world.selected(namespace, podSelector?.matchLabels ?? {});
}

const portsOf = (pods: Pods) => [...pods.spec.containers, ...(pods.spec.initContainers ?? [])].flatMap(({ ports = [] }) => ports);
const has = (pods: Pods, wanted: number | string | undefined) => wanted === undefined || portsOf(pods).some(({ name, containerPort }) => wanted === name || wanted === containerPort);

function withoutPolicy(world: World, { name, namespace, labels, spec: { hostNetwork } }: Pods): string[] {
  // No policy holds for pods in the network of their node.
  if (hostNetwork) return [];
  const own = policies(world).filter(({ metadata, spec }) => metadata.namespace === namespace && Object.keys(spec.podSelector.matchLabels ?? {}).length > 0 && selects(spec.podSelector, labels));
  return own.length > 0 ? [] : [`${name}: no NetworkPolicy lets it talk to anyone`];
}

/** Whether the policies of both ends let pods call a port of others. */
function mayCall(world: World, from: Pods, to: Pods, port: number | string): boolean {
  const rulesOf = (pods: Pods, type: 'Ingress' | 'Egress') =>
    policies(world).filter(({ metadata, spec }) => metadata.namespace === pods.namespace && spec.policyTypes.includes(type) && selects(spec.podSelector, pods.labels)).flatMap(({ spec }) => (type === 'Ingress' ? spec.ingress : spec.egress) ?? []);
  const passes = (rule: Rule, peers: readonly Peer[] | undefined, own: Pods, other: Pods) =>
    (peers === undefined || peers.some((peer) => reachable(world, own.namespace, peer)?.includes(other))) && (rule.ports === undefined || rule.ports.some((allowed) => allowed.port === undefined || allowed.port === port));
  return rulesOf(from, 'Egress').some((rule) => passes(rule, rule.to, from, to)) && rulesOf(to, 'Ingress').some((rule) => passes(rule, rule.from, to, from));
}

const ADDRESS = /^(?:https?:\/\/)?([a-z][-a-z0-9]*):(\d+)$/;

/** Addresses among the variables of containers: each a Service with that port, whose pods may be called. */
export function unresolvedAddresses(world: World, known: Labels): string[] {
  return world.pods.flatMap((pods) =>
    [...(pods.spec.initContainers ?? []), ...pods.spec.containers]
      .flatMap(({ env = [] }) => env)
      .flatMap(({ name, value = '' }) => {
        const [, host, port] = ADDRESS.exec(value) ?? [];
        if (host === undefined || port === undefined || known[name] === value) return [];
        const found = behind(world, pods.namespace, host, Number(port));
        if (!found) return [`${pods.name}: ${name}: no Service with ${value}`];
        return found.pods.some((target) => mayCall(world, pods, target, found.targetPort)) ? [] : [`${pods.name}: ${name}: the network policies keep it from ${value}`];
      }),
  );
}
