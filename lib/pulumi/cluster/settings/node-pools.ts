import * as z from 'zod';
import { checkLabelKey, checkLabelValue, type Check } from '../../../core/names';
import { parseSeconds } from '../../../core/duration';
import { boolean, integer, section } from '../../../environment/schema';
import type { MachineSettings, MachineType } from '../../../machines/machine';
import { checkMachine, machine, typeOf } from './machine';
import { reporterOf, type Reporter, type ShapeOf } from './read';

/** A taint of nodes: pods that do not tolerate it stay away. */
export interface NodeTaint {
  /** Key. */
  readonly key: string;
  /** Value. @default '' */
  readonly value?: string;
  /** What happens to pods that do not tolerate it. */
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** How many nodes a pool has, in total over its zones. */
export interface NodeCount {
  /** The least. On EKS with Auto Mode there are as many as pods need, and no others. @default 1 */
  readonly min?: number;
  /** The most. */
  readonly max: number;
}

/** Disk of a node. */
export interface NodeDisk {
  /** Size in GiB. @default 50 */
  readonly size?: number;
  /** Kind of disk, as the cloud names it. @default the cloud's usual SSD */
  readonly type?: string;
}

/** How the nodes of a pool are renewed. Both ways drain a node with respect for disruption budgets. */
export interface NodeUpgrade {
  /** `surge` adds nodes, then takes old ones; `blue-green` (GKE) makes a second set and keeps the first until the second has proven itself. @default 'surge' */
  readonly strategy?: 'surge' | 'blue-green';
  /** Nodes added at a time, with `surge`. @default 1 */
  readonly surge?: number;
  /** Nodes that may be missing at a time, with `surge`. @default 0 */
  readonly unavailable?: number;
  /** How long the old nodes are kept after the last pod has moved, with `blue-green`: `1h`. @default '1h' */
  readonly soak?: string;
}

/** A pool of nodes. */
export interface NodePoolSettings {
  /** What each machine has at least, on whichever cloud. @default what `machineType` has; one of the two is needed */
  readonly machine?: MachineSettings;
  /** Type of machine, as the cloud names it. @default the cheapest that has what `machine` says */
  readonly machineType?: string;
  /** How many nodes, in total over the zones. */
  readonly nodes: NodeCount;
  /** Whether the cloud may take nodes away at short notice, for a much lower price. @default false */
  readonly spot?: boolean;
  /** Zones of its nodes. @default those of the cluster */
  readonly zones?: readonly string[];
  /** Pods that fit on a node; what its range of addresses is planned with. @default that of the cluster */
  readonly maxPodsPerNode?: number;
  /** Labels of its nodes. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of its nodes. @default none */
  readonly taints?: readonly NodeTaint[];
  /** Disk of its nodes. @default 50 GiB of the cloud's usual SSD */
  readonly disk?: NodeDisk;
  /** How its nodes are renewed. @default surge, one at a time */
  readonly upgrade?: NodeUpgrade;
  /** Whether it runs what holds state: a change that would replace it is then refused. @default false */
  readonly stateful?: boolean;
}

/** What the clouds call things. */
export interface NodePoolForms {
  /** Types of machines. */
  readonly machineType: z.ZodType<string, string>;
  /** Machines to choose from by what they have, the cheapest first. */
  readonly machines: readonly MachineType[];
  /** Kinds of disks, the default first. */
  readonly disks: readonly [string, ...string[]];
  /** The most pods on a node. */
  readonly maxPodsPerNode: number;
}

const checked = (check: Check) => z.string().superRefine((value, context) => {
  const wrong = check(value);
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: wrong });
});

/** Labels of nodes. */
export const nodeLabels = z.record(checked(checkLabelKey), checked(checkLabelValue)).default({});

const taint = section({ key: checked(checkLabelKey), value: checked(checkLabelValue).default(''), effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']) } satisfies ShapeOf<NodeTaint>);

/** A length of time: `1h`, `90m`. */
export const duration = z.string().refine((value) => parseSeconds(value) !== undefined, 'a length of time such as "90m" or "1h"');

const upgrade = section({
  strategy: z.enum(['surge', 'blue-green']).default('surge'),
  surge: integer({ min: 0, max: 20 }).default(1),
  unavailable: integer({ min: 0, max: 20 }).default(0),
  soak: duration.default('1h'),
} satisfies ShapeOf<NodeUpgrade>);

function described({ machineType, disks, maxPodsPerNode }: NodePoolForms) {
  return section({
    machine: machine.optional(),
    machineType: machineType.optional(),
    nodes: section({ min: integer({ min: 0, max: 1000 }).default(1), max: integer({ min: 1, max: 1000 }) } satisfies ShapeOf<NodeCount>),
    spot: boolean().default(false),
    zones: z.array(z.string()).min(1).optional(),
    maxPodsPerNode: integer({ min: 8, max: maxPodsPerNode }).optional(),
    labels: nodeLabels,
    taints: z.array(taint).default([]),
    disk: section({ size: integer({ min: 20, max: 16_384 }).default(50), type: z.enum(disks as [string, ...string[]]).default(disks[0]) } satisfies ShapeOf<NodeDisk>).prefault({}),
    upgrade: upgrade.prefault({}),
    stateful: boolean().default(false),
  } satisfies ShapeOf<NodePoolSettings>);
}

type Described = z.ZodObject<ReturnType<typeof described>['shape'], z.core.$strict>;

/** A pool with all that was left out filled in, and a machine that the cloud knows by its type. */
export type NodePool = Omit<z.output<Described>, 'machine' | 'machineType'> & { readonly machineType: string };

/** Schema of {@link NodePoolSettings}. Of a machine that is described, it gives back the type. */
export function nodePool(forms: NodePoolForms): z.ZodType<NodePool, z.input<Described>> {
  const { machines } = forms;
  const resolved = described(forms)
    .superRefine((pool, context) => checkMachine(pool, machines, reporterOf(context)))
    .overwrite(({ machine: asked, machineType, ...pool }) => ({ ...pool, machineType: typeOf({ machine: asked, machineType }, machines) }));
  return resolved as unknown as z.ZodType<NodePool, z.input<Described>>;
}

/** Whether pods that tolerate nothing stay away from it. */
export const isTainted = ({ taints }: Pick<NodePool, 'taints'>): boolean => taints.some(({ effect }) => effect !== 'PreferNoSchedule');

/** Reports what the schema can't see: numbers that contradict each other, zones that the cluster does not have. */
export function checkNodePools(pools: Readonly<Record<string, NodePool>>, zones: readonly string[] | undefined, reporter: Reporter, at: readonly string[] = ['nodePools']): void {
  for (const [name, pool] of Object.entries(pools)) {
    const path = [...at, name];
    const { nodes, upgrade: { strategy, surge, unavailable } } = pool;
    if (nodes.min > nodes.max) reporter.add([...path, 'nodes', 'min'], nodes.min, `at most nodes.max, which is ${nodes.max}`);
    if (strategy === 'surge' && surge === 0 && unavailable === 0) reporter.add([...path, 'upgrade', 'surge'], surge, 'at least 1, or an upgrade.unavailable of at least 1: else no node can be renewed');
    for (const [index, zone] of (pool.zones ?? []).entries()) {
      if (zones !== undefined && !zones.includes(zone)) reporter.add([...path, 'zones', index], zone, `one of the cluster's zones: ${zones.join(', ')}`);
    }
  }
}
