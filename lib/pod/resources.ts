import type { Application } from '../core/application';
import { readObject, type Shapes } from '../core/forms';
import type { JsonObject } from '../core/json';
import { checkLabelKey, type Check } from '../core/names';
import { formatBytes, parseQuantity, QUANTITY_FORM } from '../core/quantity';
import type { Volume } from './volume';

/** Amounts of the resources that a container asks for or is held to. */
export interface ResourceAmounts {
  /** Processor: `'250m'` is a quarter of a core; a number counts cores. @default see the side it stands on */
  readonly cpu?: string | number;
  /** Memory: `'128Mi'`. @default see the side it stands on */
  readonly memory?: string;
  /** Scratch space on the node's disk, logs included: `'1Gi'`. @default see the side it stands on */
  readonly ephemeralStorage?: string;
  /** Other resources by their full name, as limits: `{ 'nvidia.com/gpu': 1 }`. A request, where given, must be the same. @default none */
  readonly extended?: Readonly<Record<string, string | number>>;
}

/** Requests and limits of a container. What is left out is derived; see each field. */
export interface ResourcesProps {
  /**
   * What the scheduler sets aside.
   * @default the limits of cpu and memory where they are set, else cpu 50m and memory 128Mi; ephemeral storage 64Mi, or its limit where that is less: little, so that a first deployment fits anywhere
   */
  readonly requests?: ResourceAmounts;
  /**
   * What the container is held to. There is no CPU limit unless it is set: throttling costs latency and saves nobody anything.
   * @default memory: the requested amount, or 256Mi where none is requested; ephemeral storage: 1Gi and the sizes of the emptyDirs that it mounts, or the requested amount where that is more
   */
  readonly limits?: ResourceAmounts;
}

const SHAPES: Shapes<ResourcesProps> = { requests: 'any', limits: 'any' };
const AMOUNT_SHAPES: Shapes<ResourceAmounts> = { cpu: 'any', memory: 'any', ephemeralStorage: 'any', extended: 'map' };
const SCRATCH = 'ephemeral-storage';
/** The props and what Kubernetes calls them, in the order in which they are rendered. */
const NAMES = { cpu: 'cpu', memory: 'memory', ephemeralStorage: SCRATCH } as const;
const SMALL = { cpu: '50m', memory: '128Mi', scratch: '64Mi' } as const;
const MEMORY_LIMIT = '256Mi';
const SCRATCH_LIMIT = '1Gi';
const HUGE_PAGES = /^hugepages-\d+[KMG]i$/;
const UNIT = 1_000_000_000n;

/** Good amounts by what Kubernetes calls the resource. */
type Amounts = Readonly<Record<string, string>>;

/** Requests and limits with everything derived, checked against each other. */
export function readResources(application: Application, prop: string, own: ResourcesProps | undefined, mounted: readonly Volume[] = []): { requests: JsonObject; limits: JsonObject } {
  const given = readObject(application.problems, prop, application.setting('resources', own), SHAPES);
  const requests = readAmounts(application, `${prop}.requests`, given.requests);
  const limits = readAmounts(application, `${prop}.limits`, given.limits);
  const small = (resource: 'cpu' | 'memory') => application.decide(`${prop}.requests.${resource}`, SMALL[resource], 'nothing was asked for: a small request');
  const memory = limits.memory ?? application.decide(`${prop}.limits.memory`, requests.memory ?? MEMORY_LIMIT, requests.memory ? 'as much as is requested: memory cannot be taken back' : 'room for a peak, an end to a leak');
  const requested = {
    cpu: requests.cpu ?? limits.cpu ?? small('cpu'),
    memory: requests.memory ?? limits.memory ?? small('memory'),
    [SCRATCH]: requests[SCRATCH] ?? lesser(SMALL.scratch, limits[SCRATCH]),
    ...requests,
  };
  const limited = { ...(limits.cpu === undefined ? {} : { cpu: limits.cpu }), memory, [SCRATCH]: scratchLimit(application, prop, requests[SCRATCH], limits[SCRATCH], mounted), ...limits };
  checkLimits(application, prop, requested, limited);
  return { requests: requested, limits: limited };
}

/** Scratch space of the container, and of the emptyDirs that it mounts: Kubernetes evicts a pod whose emptyDirs outgrow its limits. */
function scratchLimit(application: Application, prop: string, request: string | undefined, limit: string | undefined, mounted: readonly Volume[]): string {
  const volumes = [...new Set(mounted)].flatMap(({ scratch }) => parseQuantity(scratch ?? '') ?? []).reduce((sum, size) => sum + size, 0n);
  if (limit === undefined) {
    const own = parseQuantity(greater(SCRATCH_LIMIT, request))!;
    return application.decide(`${prop}.limits.ephemeralStorage`, formatBytes(own + volumes), volumes > 0n ? `room for logs and temporary files, and ${formatBytes(volumes)} for the emptyDirs mounted here` : 'room for logs and temporary files');
  }
  if (parseQuantity(limit)! < volumes) application.problems.add(`${prop}.limits.ephemeralStorage`, limit, `the emptyDirs mounted here may hold ${formatBytes(volumes)}, and count; raise the limit or lower their sizes`);
  return limit;
}

const lesser = (builtIn: string, given: string | undefined) => (given !== undefined && parseQuantity(given)! < parseQuantity(builtIn)! ? given : builtIn);
const greater = (builtIn: string, given: string | undefined) => (given !== undefined && parseQuantity(given)! > parseQuantity(builtIn)! ? given : builtIn);

function readAmounts({ problems }: Application, prop: string, given: ResourceAmounts | undefined): Amounts {
  const { extended = {}, ...known } = readObject(problems, prop, given, AMOUNT_SHAPES);
  const named: [prop: string, name: string, amount: unknown, wrong: string | undefined][] = [
    ...Object.entries(NAMES).filter(([key]) => known[key as keyof typeof NAMES] !== undefined).map(([key, name]) => [`${prop}.${key}`, name, known[key as keyof typeof NAMES], undefined] as [string, string, unknown, undefined]),
    ...Object.entries(extended).map(([name, amount]) => [`${prop}.extended.${name}`, name, amount, checkExtendedName(name)] as [string, string, unknown, string | undefined]),
  ];
  return Object.fromEntries(
    named.flatMap(([path, name, amount, wrongName]) => {
      const text = typeof amount === 'number' && name !== 'memory' && name !== SCRATCH ? String(amount) : amount;
      const wrong = wrongName ?? checkAmount(name, text);
      if (wrong) problems.add(path, amount, wrong);
      return wrong ? [] : [[name, text as string]];
    }),
  );
}

const checkExtendedName: Check = (name) => {
  if (HUGE_PAGES.test(name)) return undefined;
  return name.includes('/') ? checkLabelKey(name) : 'the full name of an extended resource is allowed, such as "nvidia.com/gpu"; cpu, memory and ephemeralStorage have props of their own';
};

function checkAmount(name: string, text: unknown): string | undefined {
  const amount = typeof text === 'string' ? parseQuantity(text) : undefined;
  if (amount === undefined || amount < 0n) return QUANTITY_FORM;
  if (name === 'cpu' || amount % UNIT === 0n) return undefined;
  return name.includes('/') ? 'a whole number is allowed' : "whole bytes are allowed; 'm' stands for thousandths, 'M' and 'Mi' for millions";
}

function checkLimits({ problems }: Application, prop: string, requests: Amounts, limits: Amounts): void {
  for (const [name, request] of Object.entries(requests)) {
    const key = Object.entries(NAMES).find(([, known]) => known === name)?.[0];
    const limit = Object.hasOwn(limits, name) ? limits[name]! : undefined;
    if (key !== undefined && limit !== undefined && parseQuantity(request)! > parseQuantity(limit)!) problems.add(`${prop}.requests.${key}`, request, `at most the limit (${limit}) is allowed; lower the request or raise the limit`);
    if (key === undefined && (limit === undefined || parseQuantity(request) !== parseQuantity(limit))) problems.add(`${prop}.requests.extended.${name}`, request, `it is never shared, so the limit must be the same (${limit ?? 'there is none'}); set it under 'limits' alone`);
  }
}
