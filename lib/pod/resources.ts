import type { Application } from '../core/application';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import { parseQuantity, QUANTITY_FORM } from '../core/quantity';
import { didYouMean } from '../core/suggest';

/** Amounts of the resources that a container asks for or is held to. */
export interface ResourceAmounts {
  /** Processor: `'250m'` is a quarter of a core; a number counts cores. */
  readonly cpu?: string | number;
  /** Memory: `'128Mi'`. */
  readonly memory?: string;
  /** Scratch space on the node's disk, logs included: `'1Gi'`. */
  readonly ephemeralStorage?: string;
  /** Other resources by their full name: `{ 'nvidia.com/gpu': 1 }`. */
  readonly extended?: Readonly<Record<string, string | number>>;
}

/** Requests and limits of a container. What is left out is derived; see each field. */
export interface ResourcesProps {
  /**
   * What the scheduler sets aside.
   * @default cpu 50m, memory 128Mi (or the memory limit), ephemeral storage 64Mi: little, so that a first deployment fits anywhere
   */
  readonly requests?: ResourceAmounts;
  /**
   * What the container is held to. There is no CPU limit unless it is set: throttling costs latency and saves nobody anything.
   * @default memory: the requested amount, or 256Mi where none is requested; ephemeral storage: 1Gi
   */
  readonly limits?: ResourceAmounts;
}

const AMOUNTS: Record<keyof ResourceAmounts, true> = { cpu: true, memory: true, ephemeralStorage: true, extended: true };
const NAMES = { cpu: 'cpu', memory: 'memory', ephemeralStorage: 'ephemeral-storage' } as const;
const SMALL = { cpu: '50m', memory: '128Mi', ephemeralStorage: '64Mi' } as const;
const MEMORY_LIMIT = '256Mi';
const SCRATCH_LIMIT = '1Gi';

const text = (value: string | number | undefined) => (value === undefined ? undefined : String(value));

/** Requests and limits with everything derived, checked against each other. */
export function readResources(application: Application, prop: string, own: ResourcesProps | undefined): { requests: JsonObject; limits: JsonObject } {
  const given = application.setting('resources', own) ?? {};
  const { problems } = application;
  problems.unknownKeys(prop, given, ['requests', 'limits'], didYouMean);
  for (const side of ['requests', 'limits'] as const) {
    if (isPlainObject(given[side])) problems.unknownKeys(`${prop}.${side}`, given[side], Object.keys(AMOUNTS), didYouMean);
  }
  const { requests = {}, limits = {} } = given;
  const requested = {
    ...amounts(requests),
    cpu: text(requests.cpu) ?? text(limits.cpu) ?? application.decide(`${prop}.requests.cpu`, SMALL.cpu, 'nothing was asked for: a small request'),
    memory: requests.memory ?? limits.memory ?? application.decide(`${prop}.requests.memory`, SMALL.memory, 'nothing was asked for: a small request'),
    'ephemeral-storage': requests.ephemeralStorage ?? smaller(SMALL.ephemeralStorage, limits.ephemeralStorage),
  };
  const memory = limits.memory ?? application.decide(`${prop}.limits.memory`, requests.memory ?? MEMORY_LIMIT, requests.memory ? 'as much as is requested: memory cannot be taken back' : 'room for a peak, an end to a leak');
  const limited = { ...amounts(limits), memory, 'ephemeral-storage': limits.ephemeralStorage ?? larger(SCRATCH_LIMIT, requests.ephemeralStorage) };
  check(application, prop, requested, limited);
  return { requests: ordered(requested), limits: ordered(limited) };
}

function amounts(side: ResourceAmounts): JsonObject {
  const extended = Object.entries(side.extended ?? {}).map(([name, amount]) => [name, String(amount)]);
  return { ...Object.fromEntries(extended), ...compact({ cpu: text(side.cpu) }) };
}

function smaller(builtIn: string, given: string | undefined): string {
  return given !== undefined && (parseQuantity(given) ?? 0n) < parseQuantity(builtIn)! ? given : builtIn;
}

function larger(builtIn: string, given: string | undefined): string {
  return given !== undefined && (parseQuantity(given) ?? 0n) > parseQuantity(builtIn)! ? given : builtIn;
}

function ordered(side: JsonObject): JsonObject {
  const known: string[] = Object.values(NAMES);
  return Object.fromEntries([...known, ...Object.keys(side).filter((name) => !known.includes(name))].filter((name) => side[name] !== undefined).map((name) => [name, side[name]]));
}

function check(application: Application, prop: string, requests: JsonObject, limits: JsonObject): void {
  const { problems } = application;
  const parsed = (side: string, amount: unknown, name: string) => {
    if (amount === undefined) return undefined;
    const value = typeof amount === 'string' ? parseQuantity(amount) : undefined;
    if (value === undefined || value < 0n) problems.add(`${prop}.${side}.${name}`, amount, QUANTITY_FORM);
    return value;
  };
  for (const name of new Set([...Object.keys(requests), ...Object.keys(limits)])) {
    const request = parsed('requests', requests[name], name);
    const limit = parsed('limits', limits[name], name);
    if (request !== undefined && limit !== undefined && request > limit) problems.add(`${prop}.requests.${name}`, requests[name], `at most the limit (${String(limits[name])}) is allowed; lower the request or raise the limit`);
  }
}
