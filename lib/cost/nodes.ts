import type { JsonObject } from '../core/json';
import type { PodDemand } from './demand';
import type { Machine } from './machines';
import type { PricedCloud } from './prices/table';

/** A pool of nodes, as pods see it. */
export interface Pool {
  readonly name: string;
  /** What a node has left for pods, in cores, GiB and pods. */
  readonly room: Room;
  /** The most nodes. */
  readonly most: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
}

/** What there is room for. */
export interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

/** Nodes that pods need. */
export interface Placement {
  /** Nodes by pool. */
  readonly nodes: ReadonlyMap<string, number>;
  /** Workloads with pods that fit nowhere: too large, kept away, or more than the pools may grow to. */
  readonly pending: readonly string[];
}

/** Shares of memory and of processors that Google and AWS keep for the node itself: so much of each part up to a limit. */
const KEPT_MEMORY: readonly (readonly [upTo: number, share: number])[] = [[4, 0.25], [8, 0.2], [16, 0.1], [128, 0.06], [Infinity, 0.02]];
const KEPT_CPU: readonly (readonly [upTo: number, share: number])[] = [[1, 0.06], [2, 0.01], [4, 0.005], [Infinity, 0.0025]];
const MIB = 1 / 1024;

const kept = (amount: number, parts: typeof KEPT_CPU): number => parts.reduce((sum, [upTo, share], index) => sum + Math.max(0, Math.min(amount, upTo) - (parts[index - 1]?.[0] ?? 0)) * share, 0);

/**
 * What a node has left for pods, by the published formulas: GKE keeps shares of memory and 100 MiB before pods are evicted;
 * EKS keeps 255 MiB, 11 MiB for each pod, and as much before evictions. What runs in kube-system is not in it.
 */
export function roomOf(cloud: PricedCloud, { cpus, memory }: Machine, pods: number): Room {
  const own = cloud === 'gke' ? kept(memory, KEPT_MEMORY) : (255 + 11 * pods) * MIB;
  return { cpu: cpus - kept(cpus, KEPT_CPU), memory: memory - own - 100 * MIB, pods };
}

/**
 * Finds room for pods, the largest first, each on the first node that has some, or on a new one of the first pool that
 * takes it. The scheduler may need more nodes, as it spreads pods; never fewer than the pods fill.
 */
export function placePods(pods: readonly PodDemand[], pools: readonly Pool[], countOf: (pod: PodDemand) => number): Placement {
  const open = pools.map((pool) => ({ pool, empty: emptyNode(pool, pods), nodes: [] as Mutable<Room>[] }));
  const pending = new Set<string>();
  const [reference] = pools;
  const size = (pod: PodDemand) => (reference ? Math.max(pod.cpu / reference.room.cpu, pod.memory / reference.room.memory) : 0);
  const placed = pods.filter(({ perNode }) => !perNode).map((pod) => ({ pod, size: size(pod) })).sort((a, b) => b.size - a.size);
  for (const { pod } of placed) {
    const suitable = open.filter(({ pool }) => accepts(pool, pod));
    for (let index = 0; index < countOf(pod); index += 1) {
      if (!place(pod, suitable)) {
        pending.add(pod.workload);
        break;
      }
    }
  }
  return { nodes: new Map(open.map(({ pool, nodes }) => [pool.name, nodes.length])), pending: [...pending] };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface OpenPool {
  readonly pool: Pool;
  readonly empty: Room;
  readonly nodes: Mutable<Room>[];
}

/** What a new node has left once those pods are on it that are on every node. */
function emptyNode(pool: Pool, pods: readonly PodDemand[]): Room {
  const everywhere = pods.filter((pod) => pod.perNode && accepts(pool, pod));
  return everywhere.reduce<Room>(({ cpu, memory, pods: left }, pod) => ({ cpu: cpu - pod.cpu, memory: memory - pod.memory, pods: left - 1 }), pool.room);
}

function place(pod: PodDemand, pools: readonly OpenPool[]): boolean {
  const fits = (node: Room) => node.cpu >= pod.cpu && node.memory >= pod.memory && node.pods >= 1;
  let node = pools.flatMap(({ nodes }) => nodes).find(fits);
  if (!node) {
    const growing = pools.find(({ pool, empty, nodes }) => nodes.length < pool.most && fits(empty));
    if (!growing) return false;
    growing.nodes.push((node = { ...growing.empty }));
  }
  node.cpu -= pod.cpu;
  node.memory -= pod.memory;
  node.pods -= 1;
  return true;
}

/** Labels that clouds put on nodes themselves, of which nothing is said in the settings. */
const isWellKnown = (key: string): boolean => /(^|\.)(kubernetes\.io|k8s\.io|gke\.io|google\.com|amazonaws\.com)\//.test(key);

/** Whether the pool's nodes have the labels that the pod asks for, and no taint that it does not tolerate. */
function accepts({ labels, taints }: Pool, { nodeSelector, tolerations }: PodDemand): boolean {
  const labelled = Object.entries(nodeSelector).every(([key, value]) => isWellKnown(key) || labels[key] === value);
  return labelled && taints.every((taint) => taint.effect === 'PreferNoSchedule' || tolerations.some((toleration) => tolerates(toleration, taint)));
}

function tolerates({ key, operator, value, effect }: JsonObject, taint: Pool['taints'][number]): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (operator === 'Exists') return key === undefined || key === taint.key;
  return key === taint.key && (value ?? '') === taint.value;
}
