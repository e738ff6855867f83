import { Chart } from 'cdk8s';
import fc from 'fast-check';
import { App, type IApplication, type JsonObject } from '../../lib';
import { cron, release, stateful, web, worker } from '../builders';

/** One workload of a random app and the connections that it declares: target, and which of its ports (none for all). */
interface Node { readonly kind: number; readonly namespace: number; readonly ports: number; readonly byName: boolean; readonly edges: readonly { readonly to: number; readonly ports: readonly number[] }[] }
interface Peer { readonly podSelector?: { matchLabels: Record<string, string> }; readonly namespaceSelector?: { matchLabels: Record<string, string> }; readonly ipBlock?: object }
interface Rule { readonly from?: readonly Peer[]; readonly to?: readonly Peer[]; readonly ports: readonly { protocol: string; port: number }[] }
interface Pod { readonly name: string; readonly namespace: string; readonly labels: Record<string, string>; readonly ingress: readonly Rule[]; readonly egress: readonly Rule[] }

const NAMESPACES = ['red', 'green', 'blue'];
const NUMBERS = [8080, 9090, 53];
const PORTS = { http: 8080, grpc: 9090, 'udp-dns': 53 };
const portsOf = (count: number) => Object.fromEntries(Object.entries(PORTS).slice(0, count));
const serves = ({ kind }: Node) => kind < 2;
const BUILDERS = [web, stateful, worker, cron, release] as const;

const graphs = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.array(
    fc.record({
      kind: fc.nat(4),
      namespace: fc.nat(2),
      ports: fc.integer({ min: 1, max: 3 }),
      byName: fc.boolean(),
      edges: fc.array(fc.record({ to: fc.nat(size - 1), ports: fc.subarray([0, 1, 2]) }), { maxLength: 4 }),
    }),
    { minLength: size, maxLength: size },
  ),
);

/** Edges to what serves, on ports that it has. */
function edgesOf(nodes: readonly Node[], node: Node) {
  return node.edges.filter(({ to }) => serves(nodes[to]!)).map(({ to, ports }) => ({ to, ports: ports.filter((port) => port < nodes[to]!.ports) }));
}

function build(nodes: readonly Node[]): App {
  const app = new App();
  const charts = NAMESPACES.map((namespace) => new Chart(app, `chart-${namespace}`, { namespace }));
  const made: IApplication[] = [];
  nodes.forEach((node, index) => {
    const connectsTo = edgesOf(nodes, node).map(({ to, ports }) => {
      const target = node.byName || made[to] === undefined ? `${NAMESPACES[nodes[to]!.namespace]}/w${to}` : made[to];
      return ports.length === 0 ? target : { to: target, ports: ports.map((port) => (node.byName ? Object.keys(PORTS)[port] : NUMBERS[port])) };
    });
    made.push(BUILDERS[node.kind]!({ connectsTo, ...(serves(node) ? { ports: portsOf(node.ports) } : {}) } as never, `w${index}`)(charts[node.namespace]!));
  });
  return app;
}

const declared = (nodes: readonly Node[]): string[] =>
  [...new Set(nodes.flatMap((node, from) => edgesOf(nodes, node).flatMap(({ to, ports }) => (ports.length === 0 ? [0, 1, 2].slice(0, nodes[to]!.ports) : ports).map((port) => `w${from} -> w${to}:${NUMBERS[port]}`))))].sort();

/** What a network plugin would let through: out of the source and into the target. */
function allowed(app: App): string[] {
  const manifests = app.render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest));
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const pods = manifests.map(podOf).filter((pod) => pod !== undefined).map((pod) => ({ ...pod, ...rulesFor(pod, policies) }));
  return pods.flatMap((from) => pods.flatMap((to) => NUMBERS.filter((port) => passes(from.egress, from, to, port) && passes(to.ingress, to, from, port)).map((port) => `${from.name} -> ${to.name}:${port}`))).sort();
}

function podOf({ kind, metadata, spec }: JsonObject): Pick<Pod, 'name' | 'namespace' | 'labels'> | undefined {
  const { template, jobTemplate } = (spec ?? {}) as { template?: { metadata: { labels: Record<string, string> } }; jobTemplate?: { spec: { template: { metadata: { labels: Record<string, string> } } } } };
  const labels = (kind === 'CronJob' ? jobTemplate?.spec.template : template)?.metadata.labels;
  return labels && { name: labels['app.kubernetes.io/name']!, namespace: (metadata as { namespace: string }).namespace, labels };
}

const matches = (selector: Record<string, string>, labels: Record<string, string>) => Object.entries(selector).every(([key, value]) => labels[key] === value);

function rulesFor(pod: Pick<Pod, 'namespace' | 'labels'>, policies: readonly JsonObject[]): Pick<Pod, 'ingress' | 'egress'> {
  const own = policies.filter(({ metadata, spec }) => (metadata as { namespace: string }).namespace === pod.namespace && matches((spec as { podSelector: { matchLabels: Record<string, string> } }).podSelector.matchLabels, pod.labels));
  expect(own).toHaveLength(1);
  const { ingress = [], egress } = own[0]!.spec as { ingress?: Rule[]; egress: Rule[] };
  return { ingress, egress };
}

function passes(rules: readonly Rule[], own: Pod, other: Pod, port: number): boolean {
  const protocol = port === 53 ? 'UDP' : 'TCP';
  return rules.some((rule) => rule.ports.some((open) => open.port === port && open.protocol === protocol) && (rule.from ?? rule.to)!.some((peer) => isPeer(peer, own, other)));
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, own: Pod, other: Pod): boolean {
  if (ipBlock) return false;
  const namespace = namespaceSelector ? matches(namespaceSelector.matchLabels, { 'kubernetes.io/metadata.name': other.namespace }) : own.namespace === other.namespace;
  return namespace && (podSelector === undefined || matches(podSelector.matchLabels, other.labels));
}

it('the graph that the policies allow is the graph that was declared', () => {
  fc.assert(
    fc.property(graphs, (nodes) => {
      expect(allowed(build(nodes))).toEqual(declared(nodes));
    }),
    { numRuns: 150 },
  );
});
