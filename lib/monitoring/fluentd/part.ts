import { decide } from '../../core/explain';
import { LogStore, readLogStore, type LogStoreProps } from '../log-store/log-store';
import { readManagedLogs, type CloudLogs, type ManagedLogsProps } from '../managed-logs';
import type { StackContext, StackPart } from '../stack/part';
import { Fluentd } from './fluentd';
import { readLogs, type LogsProps } from './props';

/** The `logs` prop of a monitoring stack. */
export interface StackLogsProps extends Omit<LogsProps, 'sinks'> {
  /** Where logs go. @default the store in the cluster */
  readonly sinks?: LogsProps['sinks'];
  /** The store in the cluster; `false` for none. @default one, where there are no sinks */
  readonly store?: LogStoreProps | false;
  /** Where the cloud keeps the logs that its own agent collects: there is no collector then, and nothing else can be said of logs here. @default FluentD collects them */
  readonly managed?: ManagedLogsProps;
}

/** What the logs bring to the whole. */
export interface LogsPart extends StackPart {
  /** The store in the cluster, for the datasource. */
  readonly store: LogStore | undefined;
  /** The logs that the cloud keeps, for links. */
  readonly managed?: CloudLogs | undefined;
}

const NAME = 'fluentd';
/** The name of the sink that leads to the store in the cluster. */
const STORE_SINK = 'log-store';

/** Whether a collector is to run on the nodes. */
export const collectsLogs = (given: StackLogsProps | undefined): boolean => given !== undefined && given.managed === undefined;

/** Leaves the logs to the cloud, whose agent takes no orders from here. */
function manageLogs({ chart, problems }: StackContext, prop: string, { managed, ...rest }: StackLogsProps): LogsPart {
  for (const [key, value] of Object.entries(rest)) {
    if (value !== undefined) problems.refuse(`${prop}.${key}`, "the cloud's own agent takes all output of all containers as it stands, and this can't be told it from here; remove it, set it up in the cloud, or leave 'managed' out for FluentD to collect");
  }
  decide(chart, `${prop}.redaction`, false, "the cloud's own agent passes on what containers write; nothing is taken out on the way");
  return { store: undefined, managed: readManagedLogs(problems, `${prop}.managed`, managed!) };
}

/** Makes the collector and the store. */
export function makeLogs(context: StackContext, prop: string, given: StackLogsProps): LogsPart {
  const { chart, nodes, problems, images } = context;
  if (given.managed !== undefined) return manageLogs(context, prop, given);
  const { store: wanted, sinks = [], managed: _, ...rest } = given;
  if (!nodes) {
    readLogs(problems, prop, { ...rest, sinks }, { ...context, nodeAccess: false, own: { name: NAME, namespace: '' } });
    return { store: undefined };
  }
  const hasStore = wanted !== false && (wanted !== undefined || sinks.length === 0);
  const store = hasStore ? new LogStore(chart, STORE_SINK, { ...readLogStore(problems, `${prop}.store`, wanted), images }) : undefined;
  const all = store ? [...sinks, { type: 'loki' as const, name: STORE_SINK, store }] : sinks;
  const settings = readLogs(problems, prop, { ...rest, sinks: all }, { ...context, nodeAccess: true, own: { name: NAME, namespace: nodes.namespace! }, image: images.fluentd });
  const collector = settings && new Fluentd(nodes, NAME, settings);
  return { store, programs: [...(collector ? [{ job: 'fluentd', application: collector, perNode: true } as const] : []), ...(store ? [{ job: 'loki', application: store } as const] : [])] };
}
