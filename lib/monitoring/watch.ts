import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { readObject, type Shapes } from '../core/forms';
import { isPlainObject, type JsonObject } from '../core/json';
import { checkDnsLabel, checkDnsSubdomain, checkLabelValue } from '../core/names';
import { podTemplateOf } from '../core/pod-template';
import { Mistakes } from '../core/problems';
import type { MetricsEndpoint } from '../core/registry';
import { sentenceList } from '../core/suggest';
import { readHttpMetrics, type HttpMetricsInput } from '../network/http-metrics';
import { isPort, PORT_FORM } from '../network/ports';
import { readSlo, type SloProps } from '../workloads/slo';
import { monitored, type MonitoredApplication, type WorkloadKind, type WorkloadReference } from './application';
import { podsOf, readObjects } from './objects';

/** Where a workload of others serves its metrics. */
export interface WatchedMetrics {
  /** Number of the port. */
  readonly port: number;
  /** HTTP path. @default '/metrics' */
  readonly path?: string;
  /** The metrics that count its HTTP requests. @default none known */
  readonly http?: HttpMetricsInput;
}

/** What to watch that is none of our workloads. */
export interface WatchProps {
  /** Its name, as alerts and dashboards show it: a DNS label. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /** The labels that select its pods. @default those of the workload's pods, where `construct` has one */
  readonly selector?: Readonly<Record<string, string>>;
  /** A construct of the app with its objects: a Deployment of cdk8s-plus, a chart of a dependency. @default none: it stands elsewhere */
  readonly construct?: IConstruct;
  /** The workload object. @default the one below `construct`, or none known */
  readonly workload?: WorkloadReference;
  /** Where its metrics are served. @default nowhere */
  readonly metrics?: WatchedMetrics;
  /** The team that owns it. @default none */
  readonly owner?: string;
  /** What it is for. @default nothing said */
  readonly description?: string;
  /** Hosts that lead to it with TLS from outside. @default none */
  readonly hosts?: readonly string[];
  /** What it promises of its requests. @default nothing */
  readonly slo?: SloProps;
}

const SHAPES: Shapes<WatchProps> = {
  name: 'text', namespace: 'text', selector: 'map', construct: 'any', workload: 'any', metrics: 'any', owner: 'text', description: 'text', hosts: 'texts', slo: 'any',
};
const METRICS_SHAPES: Shapes<WatchedMetrics> = { port: 'any', path: 'text', http: 'any' };
const REFERENCE_SHAPES: Shapes<WorkloadReference> = { kind: 'text', name: 'text' };
const KINDS: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];

/** A workload of others that is watched; made by {@link watch}. */
export class Watched {
  /** @internal */
  public constructor(
    /** What the monitoring knows of it. */
    public readonly application: MonitoredApplication,
    /** @internal */
    public readonly mistakes: Mistakes,
  ) {}
}

/** A workload that none of our constructs made, to be watched as they are; mistakes are reported where it is used. */
export function watch(given: WatchProps): Watched {
  const mistakes = new Mistakes();
  const props = readObject<WatchProps>(mistakes, 'watch', given, SHAPES);
  const manifests = Construct.isConstruct(props.construct) ? props.construct.node.findAll().filter(ApiObject.isApiObject).map((object) => object.toJson() as JsonObject) : [];
  if (props.construct !== undefined && manifests.length === 0) mistakes.add('watch.construct', undefined, 'a construct with objects below it is allowed');
  const reference = readReference(mistakes, props.workload);
  const objects = readObjects(manifests, props.name ?? '');
  const workload = reference ?? objects.derived.workload;
  const selector = props.selector ?? labelsOf(manifests);
  if (Object.keys(selector).length === 0) mistakes.add('watch.selector', props.selector, 'at least one label is required: without one every pod of the namespace would be meant');
  checkNames(mistakes, props);
  const metrics = readMetrics(mistakes, props.metrics);
  const slo = readSlo(mistakes, props.slo, metrics?.http);
  const { name = '', namespace = '', owner, description, hosts = [] } = props;
  const derived = { ...objects.derived, ...(workload ? { workload, pods: podsOf(workload) } : {}) };
  return new Watched(monitored({ type: 'Watched', name, namespace, selector, owner, description, metrics, hosts, slo }, { ...objects, derived }), mistakes);
}

function checkNames(mistakes: Mistakes, { name, namespace, owner, selector = {} }: Partial<WatchProps>): void {
  mistakes.check('watch.name', name, checkDnsLabel);
  mistakes.check('watch.namespace', namespace, checkDnsLabel);
  if (owner !== undefined) mistakes.check('watch.owner', owner, checkLabelValue);
  for (const [key, value] of Object.entries(selector)) mistakes.check(`watch.selector.${key}`, value, checkLabelValue);
}

function readReference(mistakes: Mistakes, given: WorkloadReference | undefined): WorkloadReference | undefined {
  if (given === undefined) return undefined;
  const { kind, name } = readObject<WorkloadReference>(mistakes, 'watch.workload', given, REFERENCE_SHAPES);
  if (!KINDS.includes(kind!)) mistakes.add('watch.workload.kind', kind, `${sentenceList(KINDS)} are allowed`);
  mistakes.check('watch.workload.name', name, checkDnsSubdomain);
  return KINDS.includes(kind!) && name !== undefined ? { kind: kind!, name } : undefined;
}

function readMetrics(mistakes: Mistakes, given: WatchedMetrics | undefined): MetricsEndpoint | undefined {
  if (given === undefined) return undefined;
  const { port, path = '/metrics', http: names } = readObject<WatchedMetrics>(mistakes, 'watch.metrics', given, METRICS_SHAPES);
  if (!isPort(port)) mistakes.add('watch.metrics.port', port, PORT_FORM);
  if (!path.startsWith('/')) mistakes.add('watch.metrics.path', path, 'a path that starts with "/" is allowed');
  const http = readHttpMetrics(mistakes, 'watch.metrics.http', names);
  return isPort(port) ? { port, path, ...(http ? { http } : {}) } : undefined;
}

/** The labels by which the first workload below the construct selects its pods. */
function labelsOf(manifests: readonly JsonObject[]): Readonly<Record<string, string>> {
  const workload = manifests.find((manifest) => podTemplateOf(manifest) !== undefined);
  const { matchLabels } = ((workload?.spec as JsonObject | undefined)?.selector ?? {}) as { readonly matchLabels?: Record<string, string> };
  const labels = matchLabels ?? (workload && (podTemplateOf(workload)?.metadata.labels as Record<string, string> | undefined));
  return isPlainObject(labels) ? { ...(labels as Record<string, string>) } : {};
}
