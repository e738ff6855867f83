import { readObject, type Shapes } from '../../core/forms';
import { isPlainObject } from '../../core/json';
import { checkDnsLabel } from '../../core/names';
import type { Mistakes } from '../../core/problems';
import { asList } from '../../core/shape';
import { didYouMean } from '../../core/suggest';
import type { ImageInput } from '../../pod/image';
import type { ResourcesProps } from '../../pod/resources';
import type { SchedulingProps } from '../../pod/scheduling';
import type { IdentityProps } from '../../pod/service-account';
import type { MonitoredApplication } from '../application';
import { readCommonBuffer, type BufferProps } from './buffer';
import { chooseImage } from './image';
import { readPattern } from './pattern';
import { readRedaction, type Redaction, type RedactionProps } from './redaction';
import { readSinks, type Sink, type SinkProps } from './sinks';

/** Lines that nobody wants. */
export interface DropProps {
  /** Whether answers to probes of kubelets and load balancers go. @default true */
  readonly healthChecks?: boolean;
  /** Namespaces. @default none */
  readonly namespaces?: readonly string[];
  /** Containers, by name. @default none */
  readonly containers?: readonly string[];
  /** Lines that match one of these. @default none */
  readonly patterns?: readonly RegExp[];
}

/** Lines that belong together. */
export interface MultilineProps {
  /** Whether the lines of a stack trace (Java, Python, Go, Node.js, Ruby, C#, PHP, Dart) become one. @default true */
  readonly exceptions?: boolean;
  /** How the first line of an entry looks, by application: `{ shop: /^\d{4}-/ }`; what does not look so belongs to the one before. @default none */
  readonly starts?: Readonly<Record<string, RegExp>>;
}

/** Props of the collection of logs. */
export interface LogsProps {
  /** Where logs go. */
  readonly sinks: readonly SinkProps[];
  /** Namespaces whose logs are collected. @default those of the environment */
  readonly namespaces?: readonly string[] | 'all';
  /** What goes. @default answers to probes */
  readonly drop?: DropProps;
  /** What belongs together. @default stack traces */
  readonly multiline?: MultilineProps;
  /** Whether lines that are JSON become fields. @default true */
  readonly json?: boolean;
  /** What is taken out of the lines. @default passwords, tokens, keys and card numbers */
  readonly redaction?: RedactionProps | false;
  /** How sinks that say nothing keep what is not delivered yet. @default see there */
  readonly buffer?: BufferProps;
  /** Image. @default the one of FluentD's project that has the plugins of the sinks */
  readonly image?: ImageInput;
  /** Cloud identity for the sinks. @default none */
  readonly identity?: IdentityProps;
  /** Requests and limits. @default 100m and 256Mi, at most 512Mi */
  readonly resources?: ResourcesProps;
  /** Which nodes it runs on. @default every node, whatever its taints */
  readonly scheduling?: Pick<SchedulingProps, 'nodeSelector' | 'tolerations' | 'priorityClassName'>;
}

/** What stands around the collection of logs. */
export interface LogsContext {
  /** What is watched. */
  readonly applications: readonly MonitoredApplication[];
  /** The namespaces of the environment. */
  readonly namespaces: readonly string[];
  readonly environment: string | undefined;
  /** Whether the cluster gives pods access to the files of their node. */
  readonly nodeAccess: boolean;
  /** Name and namespace of the collector itself. */
  readonly own: { readonly name: string; readonly namespace: string };
  /** An image in place of the built-in one. */
  readonly image?: ImageInput | undefined;
}

/** Everything that FluentD is made from. */
export interface LogSettings {
  readonly sinks: readonly Sink[];
  readonly namespaces: readonly string[] | 'all';
  readonly drop: { readonly namespaces: readonly string[]; readonly containers: readonly string[]; readonly patterns: readonly RegExp[] };
  readonly starts: readonly { readonly application: MonitoredApplication; readonly pattern: RegExp }[];
  readonly exceptions: boolean;
  readonly json: boolean;
  readonly redactions: readonly Redaction[];
  readonly environment: string | undefined;
  /** Applications whose labels don't say their name. */
  readonly foreign: readonly MonitoredApplication[];
  readonly own: { readonly name: string; readonly namespace: string };
  readonly image: ImageInput;
  readonly props: Pick<LogsProps, 'identity' | 'resources' | 'scheduling'>;
}

const SHAPES: Shapes<LogsProps> = {
  sinks: 'any', namespaces: 'any', drop: 'any', multiline: 'any', json: 'truth', redaction: 'any', buffer: 'any', image: 'any', identity: 'any', resources: 'any', scheduling: 'any',
};
const DROP_SHAPES: Shapes<DropProps> = { healthChecks: 'truth', namespaces: 'texts', containers: 'texts', patterns: 'list' };
const MULTILINE_SHAPES: Shapes<MultilineProps> = { exceptions: 'truth', starts: 'map' };
const SCHEDULING_SHAPES: Shapes<NonNullable<LogsProps['scheduling']>> = { nodeSelector: 'map', tolerations: 'list', priorityClassName: 'text' };
/** Who asks, and the usual paths that are asked for. */
const HEALTH_CHECKS = /kube-probe\/|GoogleHC\/|ELB-HealthChecker\/|(?:GET|HEAD) \/(?:healthz?|livez|readyz|ready|live|ping|metrics|-\/(?:healthy|ready))(?:\?[^ "]*)?[ "]/;

/** Reads the `logs` prop; undefined where the cluster has no place for the collector. */
export function readLogs(problems: Mistakes, prop: string, given: LogsProps, context: LogsContext): LogSettings | undefined {
  if (!context.nodeAccess) {
    problems.refuse(prop, "the cluster gives pods no access to the files of its nodes, and so none to logs; leave them to the cloud, which collects them itself: logs: { managed: { type: 'cloud-logging', project: … } } on GKE Autopilot, logs: { managed: { type: 'cloudwatch', region: …, group: … } } on EKS Fargate");
    return undefined;
  }
  const props = readObject<LogsProps>(problems, prop, given, SHAPES);
  const sinks = readSinks(problems, `${prop}.sinks`, props.sinks, readCommonBuffer(problems, `${prop}.buffer`, props.buffer));
  reportNeeds(problems, prop, props, sinks);
  const { exceptions = true, starts } = readObject<MultilineProps>(problems, `${prop}.multiline`, props.multiline, MULTILINE_SHAPES);
  const { identity, resources } = props;
  const scheduling = readObject(problems, `${prop}.scheduling`, props.scheduling, SCHEDULING_SHAPES);
  return {
    sinks, exceptions,
    namespaces: readNamespaces(problems, prop, props.namespaces, context),
    drop: readDrop(problems, `${prop}.drop`, props.drop),
    starts: readStarts(problems, `${prop}.multiline.starts`, starts, context.applications),
    json: props.json ?? true,
    redactions: props.redaction === false ? [] : readRedaction(problems, `${prop}.redaction`, props.redaction),
    environment: context.environment,
    foreign: context.applications.filter(({ type }) => type === 'Watched'),
    own: context.own,
    image: chooseImage(problems, `${prop}.image`, props.image ?? context.image, sinks),
    props: { ...(identity ? { identity } : {}), ...(resources ? { resources } : {}), scheduling },
  };
}

/** An identity that nobody shows, or sinks that would show one. */
function reportNeeds(problems: Mistakes, prop: string, { identity }: Partial<LogsProps>, sinks: readonly Sink[]): void {
  const needing = sinks.filter((sink) => sink.identity).map(({ name }) => name);
  if (identity !== undefined && sinks.length > 0 && needing.length === 0) problems.add(`${prop}.identity`, identity, 'no sink shows it; remove it, or the key of the sink that should');
  if (identity === undefined && needing.length > 0) problems.refuse(`${prop}.identity`, `the sink '${needing[0]}' shows who it is by the cloud identity of the service account; give 'identity', or a key to the sink`);
}

function readNamespaces(problems: Mistakes, prop: string, given: LogsProps['namespaces'], { namespaces: environment }: LogsContext): readonly string[] | 'all' {
  if (given === 'all') return 'all';
  if (typeof given === 'string') problems.add(`${prop}.namespaces`, given, "a list of namespaces, or 'all', is allowed");
  const named = typeof given === 'string' ? [] : asList(problems, `${prop}.namespaces`, given ?? environment);
  named.forEach((name, index) => problems.check(`${prop}.namespaces[${index}]`, name, checkDnsLabel));
  if (named.length === 0 && typeof given !== 'string') problems.add(`${prop}.namespaces`, given, "at least one namespace is required, or 'all'");
  return [...new Set(named)].sort();
}

function readDrop(problems: Mistakes, prop: string, given: DropProps | undefined): LogSettings['drop'] {
  const { healthChecks = true, namespaces = [], containers = [], patterns } = readObject<DropProps>(problems, prop, given, DROP_SHAPES);
  for (const [key, names] of Object.entries({ namespaces, containers })) names.forEach((name, index) => problems.check(`${prop}.${key}[${index}]`, name, checkDnsLabel));
  const own = (patterns ?? []).flatMap((pattern, index) => readPattern(problems, `${prop}.patterns[${index}]`, pattern) ?? []);
  return { namespaces: [...namespaces].sort(), containers: [...containers].sort(), patterns: [...(healthChecks ? [HEALTH_CHECKS] : []), ...own] };
}

function readStarts(problems: Mistakes, prop: string, given: MultilineProps['starts'], applications: readonly MonitoredApplication[]): LogSettings['starts'] {
  return Object.entries(isPlainObject(given) ? given : {}).flatMap(([name, wanted]) => {
    const known = applications.filter((application) => application.name === name || `${application.namespace}/${application.name}` === name);
    if (known.length === 0) problems.refuse(`${prop}.${name}`, `no application of that name is watched${didYouMean(name, applications.map((application) => application.name))}`);
    const pattern = readPattern(problems, `${prop}.${name}`, wanted);
    return pattern ? known.map((application) => ({ application, pattern })) : [];
  });
}
