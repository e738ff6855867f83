import type { Reporter } from '../settings/read';
import { freeRange } from './allocate';
import { contains, overlap, parseRange, powerOfTwo, prefixOf, rangeAround, showRange, type Range } from './range';

/** A range that is needed. */
export interface Need {
  /** What for; the key of the setting that names it. */
  readonly key: string;
  /** The range that was given. @default one is planned */
  readonly given?: string | undefined;
  /** Addresses that it must have. */
  readonly least: number;
  /** Addresses that it gets when it is planned, if they are free: a range that does not depend on the numbers stays where it is when they grow. @default `least` */
  readonly most?: number;
  /** What `least` is for, in words. */
  readonly reason: string;
  /** The largest range that the cloud takes, as a prefix length. */
  readonly largest: number;
  /** The smallest range that the cloud takes, as a prefix length. */
  readonly smallest: number;
  /** End of the range that it is cut from. @default 'bottom' */
  readonly from?: 'bottom' | 'top';
  /** The range that it is cut from, where that is another one. @default the plan's */
  readonly range?: string;
}

/** What a plan is made of. */
export interface PlanRequest {
  /** The range that all are cut from. */
  readonly range: string;
  /** What is needed, the most stable first: what comes later gives way. */
  readonly needs: readonly Need[];
  /** Ranges that are reachable and so taken, by name. */
  readonly taken: Readonly<Record<string, string>>;
  /** Ranges that the cloud keeps for itself, with what for. */
  readonly reserved: Readonly<Record<string, string>>;
  /** Where the settings stand, for messages. */
  readonly at: readonly string[];
}

/** Ranges that nobody on the internet has: RFC 1918, and RFC 6598 for networks within networks. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map((text) => parseRange(text)!);

/** A range that has its place. */
interface Placed {
  readonly path: readonly string[];
  readonly name: string;
  readonly range: Range;
}

/**
 * Finds a range for everything that has none, and checks those that were given: overlap, size, and whether they hold all
 * that may come. Same request, same plan.
 * @returns the ranges by key; the ones with a mistake are missing
 */
export function planRanges(request: PlanRequest, reporter: Reporter): ReadonlyMap<string, Range> {
  const fixed = reservedRanges(request, reporter);
  const given = request.needs.flatMap((need) => (need.given === undefined ? [] : (readGiven(need, request, reporter) ?? [])));
  reportOverlaps([...fixed, ...given], given, reporter);
  const occupied = [...fixed, ...given].map(({ range }) => range);
  const ranges = new Map(given.map(({ name, range }) => [name, range]));
  const outer = readRange(request.range, [...request.at, 'range'], reporter);
  if (outer === undefined) return ranges;
  for (const need of request.needs) {
    if (need.given !== undefined) continue;
    const found = place(need, need.range === undefined ? outer : parseRange(need.range)!, occupied, request, reporter);
    // One message of a range that is too small is enough.
    if (found === undefined) return ranges;
    occupied.push(found);
    ranges.set(need.key, found);
  }
  return ranges;
}

/** What is taken already, or kept by the cloud. */
function reservedRanges({ taken, reserved, at }: PlanRequest, reporter: Reporter): Placed[] {
  const others = Object.entries(taken).flatMap(([name, text]) => {
    const path = [...at, 'taken', name];
    const range = readRange(text, path, reporter, false);
    return range ? [{ path, name: `${showRange(range)} (${name})`, range }] : [];
  });
  return [...others, ...Object.entries(reserved).map(([text, purpose]) => ({ path: [], name: `${text} (${purpose})`, range: parseRange(text)! }))];
}

function readRange(text: string, path: readonly string[], reporter: Reporter, ours = true): Range | undefined {
  const range = parseRange(text);
  if (range === undefined) {
    const around = rangeAround(text);
    // What is no range at all, the schema has reported.
    if (around !== undefined) reporter.add(path, text, `the range that this address lies in: ${around}`);
    return undefined;
  }
  if (!ours || PRIVATE.some((outer) => contains(outer, range))) return range;
  reporter.add(path, text, `a private range, within ${PRIVATE.map(showRange).join(', ')}`);
  return undefined;
}

function readGiven({ key, given, least, reason, largest, smallest }: Need, { at }: PlanRequest, reporter: Reporter): Placed | undefined {
  const path = [...at, key];
  const range = readRange(given!, path, reporter);
  if (range === undefined) return undefined;
  const prefix = prefixOf(range);
  if (prefix < largest || prefix > smallest) reporter.add(path, given, largest === smallest ? `a /${largest}` : `a range from /${largest} to /${smallest}`);
  else if (range.size < least) reporter.add(path, given, `at least a /${prefixOf({ size: powerOfTwo(least) })}: it has ${range.size} addresses, and ${least} are needed for ${reason}`);
  return { path, name: key, range };
}

function reportOverlaps(all: readonly Placed[], given: readonly Placed[], reporter: Reporter): void {
  for (const one of given) {
    for (const other of all.slice(0, all.indexOf(one))) {
      if (overlap(one.range, other.range)) reporter.add(one.path, showRange(one.range), `a range that does not overlap with ${other.path.length > 0 && given.includes(other) ? `${other.name}, ${showRange(other.range)}` : other.name}`);
    }
  }
}

function place({ key, least, most = least, reason, largest, smallest, from = 'bottom' }: Need, outer: Range, occupied: readonly Range[], { at }: PlanRequest, reporter: Reporter): Range | undefined {
  const size = Math.max(powerOfTwo(least), 2 ** (32 - smallest));
  const greatest = 2 ** (32 - largest);
  if (size > greatest) {
    reporter.add([...at, key], undefined, `fewer nodes or pods: ${least} addresses are needed for ${reason}, and the cloud takes no range larger than a /${largest}`);
    return undefined;
  }
  let found: Range | undefined;
  for (let next = Math.max(size, Math.min(powerOfTwo(most), greatest)); found === undefined && next >= size; next /= 2) found = freeRange(outer, next, occupied, from);
  if (found === undefined) reporter.add([...at, 'range'], showRange(outer), `a range with room for a /${prefixOf({ size })} of ${key}: ${least} addresses are needed for ${reason}; or ranges of your own, each by its name`);
  return found;
}
