import { FileSource } from '../../../config/files';
import { shaped, type Shapes } from '../../../core/forms';
import { isPlainObject } from '../../../core/json';
import { checkDnsLabel, type Check } from '../../../core/names';
import type { Mistakes } from '../../../core/problems';
import type { IApplication } from '../../../core/registry';
import { didYouMean } from '../../../core/suggest';
import type { ConnectionInput } from '../../../network/connections';
import type { EgressProps } from '../../../network/traffic';
import type { BufferProps } from '../buffer';
import type { Directive } from '../directive';
import { Embedded, filePath, type Value } from '../value';
import type { ImageVariant } from '../image';

/** How much a line matters, least first. */
export type LogSeverity = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** Which lines a sink gets. */
export interface SinkFilter {
  /** Those of these namespaces. @default all */
  readonly namespaces?: readonly string[];
  /** Those of these applications, by name. @default all */
  readonly applications?: readonly string[];
  /** Those that matter at least so much. @default all */
  readonly severity?: LogSeverity;
}

/** What every sink takes. */
export interface CommonSinkProps {
  /** Its name, in metrics and on disk: a DNS label, unique. @default its type */
  readonly name?: string;
  /** Which lines it gets. @default all */
  readonly filter?: SinkFilter;
  /** How it keeps what is not delivered yet. @default as all sinks do */
  readonly buffer?: BufferProps;
}

/** Where a sink is, for the network policy. */
export interface ReachedProps {
  /** The workload of the app that it is: both ends get the policy for it. @default it stands elsewhere */
  readonly to?: string | IApplication;
  /** Address ranges that it answers on. @default every public address */
  readonly cidrs?: readonly string[];
}

/** Forms of {@link ReachedProps}. */
export const REACHED_SHAPES: Shapes<ReachedProps> = { to: 'any', cidrs: 'texts' };

/** What a kind of sink makes of its props. */
export interface Output {
  /** Type of the plugin. */
  readonly plugin: string;
  readonly parameters: Readonly<Record<string, Value | undefined>>;
  /** Sections beside the buffer. */
  readonly sections?: readonly Directive[];
  /** The image that has the plugin; undefined where each has. */
  readonly variant?: ImageVariant | undefined;
  /** Whether no image of the project has the plugin. */
  readonly ownImage?: boolean;
  /** Whether each delivery becomes a file. */
  readonly files?: boolean;
  /** Keys of Secrets and ConfigMaps that it reads. */
  readonly sources?: readonly FileSource[];
  /** Whether it shows who it is by the identity of the service account. */
  readonly identity?: boolean;
  readonly egress?: readonly EgressProps[];
  readonly connections?: readonly ConnectionInput[];
}

/** Reads one kind of sink; undefined where too much is wrong to go on. */
export type SinkReader<P> = (problems: Mistakes, prop: string, props: Partial<P>) => Output | undefined;

/** Addresses that are nobody's on the Internet. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];

/** The options of a sink; what is unknown is not shown, as it may be a secret under another name. */
export function readOptions<P extends object>(problems: Mistakes, prop: string, given: unknown, shapes: Shapes<P>): Partial<P> {
  if (given === undefined) return {};
  if (!isPlainObject(given)) {
    problems.refuse(prop, 'got something else than an object (not shown); an object is allowed');
    return {};
  }
  for (const key of Object.keys(given)) if (!Object.hasOwn(shapes, key) && given[key] !== undefined) problems.refuse(`${prop}.${key}`, `there is no such option${didYouMean(key, Object.keys(shapes))}`);
  return shaped<Partial<P>>(problems, prop, given as unknown as Partial<P>, shapes as Shapes<Partial<P>>);
}

/** A key of a Secret; anything else may be the secret itself and is not shown. */
export function readSecret(problems: Mistakes, prop: string, given: unknown): FileSource | undefined {
  if (given === undefined) return undefined;
  if (given instanceof FileSource && given.kind === 'secret') {
    problems.include(prop, given.mistakes);
    return given;
  }
  problems.refuse(prop, "got something else than a reference to a Secret (not shown: it may be the secret itself); use fileFromSecret('name', 'key')");
  return undefined;
}

/** A file from a ConfigMap or Secret, such as a certificate. */
export function readFile(problems: Mistakes, prop: string, given: unknown): FileSource | undefined {
  if (given === undefined) return undefined;
  if (given instanceof FileSource) {
    problems.include(prop, given.mistakes);
    return given;
  }
  problems.refuse(prop, "got something else than a reference to a file (not shown); use fileFromConfig('name', 'key') or fileFromSecret('name', 'key')");
  return undefined;
}

/** The secret itself, read by FluentD when it starts. */
export const contentOf = (source: FileSource | undefined): Embedded | undefined => source && Embedded.file(filePath(source));

/** The path of a file. */
export const pathOf = (source: FileSource | undefined): string | undefined => source && filePath(source);

/** Those that are there. */
export const present = <T>(...values: readonly (T | undefined)[]): T[] => values.filter((value): value is T => value !== undefined);

/** Two props that only make sense together. */
export function bothOrNone(problems: Mistakes, prop: string, [first, second]: readonly [string, string], given: object): void {
  const has = (key: string) => (given as Record<string, unknown>)[key] !== undefined;
  if (has(first) === has(second)) return;
  const [there, missing] = has(first) ? [first, second] : [second, first];
  problems.refuse(`${prop}.${missing}`, `it is required with '${there}'`);
}

/** An address with its port. */
export interface Address {
  readonly url: URL;
  readonly port: number;
}

/** Reads an http address without credentials. */
export function readUrl(problems: Mistakes, prop: string, given: unknown): Address | undefined {
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  if (url?.username || url?.password) {
    problems.refuse(prop, 'credentials in the address would stand in the clear (they are not shown); use the options for them, which take keys of Secrets');
    return undefined;
  }
  if (url && /^https?:$/.test(url.protocol)) return { url, port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80) };
  problems.add(prop, given, 'an http or https address is allowed, such as "https://logs.example.com:9200"');
  return undefined;
}

/** Reads `host:port`. */
export function readHostPort(problems: Mistakes, prop: string, given: unknown): { readonly host: string; readonly port: number } | undefined {
  const [, host, digits] = (typeof given === 'string' ? /^([A-Za-z0-9.-]+):(\d{1,5})$/.exec(given) : undefined) ?? [];
  const port = Number(digits);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  problems.add(prop, given, 'a host with its port is allowed, such as "logs.example.com:24224"');
  return undefined;
}

/** What the network policy lets through to a sink. */
export function reach({ to, cidrs }: ReachedProps, ports: readonly number[]): Pick<Output, 'egress' | 'connections'> {
  if (to !== undefined && cidrs === undefined) return { connections: [to] };
  const egress: EgressProps = cidrs ? { cidrs, ports: unique(ports) } : { cidrs: ['0.0.0.0/0'], except: PRIVATE, ports: unique(ports) };
  return { egress: [egress], ...(to === undefined ? {} : { connections: [to] }) };
}

const unique = (ports: readonly number[]): number[] => [...new Set(ports)].sort((a, b) => a - b);

/** Reports a required text that is missing or of the wrong form. */
export function requireText(problems: Mistakes, prop: string, given: string | undefined, form: RegExp, mend: string): string | undefined {
  if (given !== undefined && form.test(given)) return given;
  problems.add(prop, given, mend);
  return undefined;
}

/** The name of a sink. */
export const checkSinkName: Check = checkDnsLabel;
