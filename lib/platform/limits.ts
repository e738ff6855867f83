import type { JsonObject } from '../core/json';
import type { Problems } from '../core/problems';
import { parseQuantity, QUANTITY_FORM } from '../core/quantity';
import { asObject } from '../core/shape';

/** Amounts of resources by name: `{ cpu: '2', memory: '4Gi' }`. */
export type Amounts = Readonly<Record<string, string>>;

/** Requests and limits of a container that says nothing, and the most that any may ask for. */
export interface ContainerLimitsProps {
  /** Requests of a container that says nothing. @default cpu 50m, memory 128Mi, ephemeral-storage 64Mi */
  readonly defaultRequest?: Amounts;
  /** Limits of a container that says nothing. @default memory 256Mi, ephemeral-storage 1Gi */
  readonly default?: Amounts;
  /** Most that a container may be limited to. @default none */
  readonly max?: Amounts;
}

const KEYS: Record<keyof ContainerLimitsProps, true> = { defaultRequest: true, default: true, max: true };
/** Routes are the way in. NodePorts stay possible: cert-manager answers HTTP-01 challenges through one. */
const QUOTA: Amounts = { 'services.loadbalancers': '0' };
const DEFAULT_REQUEST: Amounts = { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' };
const DEFAULT_LIMIT: Amounts = { memory: '256Mi', 'ephemeral-storage': '1Gi' };

/** Reads the `quota` prop into what a ResourceQuota allows. */
export function readQuota(problems: Problems, quota: Amounts | undefined, limits: JsonObject | undefined): Amounts {
  const given = readAmounts(problems, 'quota', quota);
  if (given['limits.cpu'] !== undefined && (limits?.default as Amounts | undefined)?.cpu === undefined) {
    problems.add('quota.limits.cpu', given['limits.cpu'], "it refuses every container without a CPU limit, and workloads have none unless they say so; use 'requests.cpu', or set containerLimits.default.cpu");
  }
  return { ...QUOTA, ...given };
}

/** Reads the `containerLimits` prop into the item of a LimitRange. */
export function readContainerLimits(problems: Problems, limits: ContainerLimitsProps | undefined): JsonObject {
  const given = asObject(problems, 'containerLimits', limits, KEYS);
  const [requests, defaults, max] = (['defaultRequest', 'default', 'max'] as const).map((key) => readAmounts(problems, `containerLimits.${key}`, given[key])) as [Amounts, Amounts, Amounts];
  const item = { defaultRequest: { ...DEFAULT_REQUEST, ...requests }, default: { ...DEFAULT_LIMIT, ...defaults }, max };
  checkOrder(problems, ['defaultRequest', item.defaultRequest], ['default', item.default]);
  checkOrder(problems, ['defaultRequest', item.defaultRequest], ['max', max]);
  checkOrder(problems, ['default', item.default], ['max', max]);
  return { type: 'Container', ...item, ...(Object.keys(max).length > 0 ? {} : { max: undefined }) };
}

function readAmounts(problems: Problems, prop: string, given: Amounts | undefined): Amounts {
  const entries = Object.entries(asObject(problems, prop, given) as Amounts).filter(([, amount]) => amount !== undefined);
  const fits = (amount: unknown) => typeof amount === 'string' && (parseQuantity(amount) ?? -1n) >= 0n;
  for (const [name, amount] of entries) if (!fits(amount)) problems.add(`${prop}.${name}`, amount, QUANTITY_FORM);
  return Object.fromEntries(entries.filter(([, amount]) => fits(amount)));
}

/** The API server refuses a LimitRange whose requests exceed its limits, or either its maximum. */
function checkOrder(problems: Problems, [lowKey, low]: readonly [string, Amounts], [highKey, high]: readonly [string, Amounts]): void {
  for (const [name, amount] of Object.entries(low)) {
    const most = high[name];
    if (most !== undefined && parseQuantity(amount)! > parseQuantity(most)!) problems.add(`containerLimits.${lowKey}.${name}`, amount, `at most ${highKey}.${name} (${most}) is allowed; lower it or raise that`);
  }
}
