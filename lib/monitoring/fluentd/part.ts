import { LogStore, readLogStore, type LogStoreProps } from '../log-store/log-store';
import type { StackContext, StackPart } from '../stack/part';
import { Fluentd } from './fluentd';
import { readLogs, type LogsProps } from './props';

/** The `logs` prop of a monitoring stack. */
export interface StackLogsProps extends Omit<LogsProps, 'sinks'> {
  /** Where logs go. @default the store in the cluster */
  readonly sinks?: LogsProps['sinks'];
  /** The store in the cluster; `false` for none. @default one, where there are no sinks */
  readonly store?: LogStoreProps | false;
}

/** What the logs bring to the whole. */
export interface LogsPart extends StackPart {
  /** The store in the cluster, for the datasource. */
  readonly store: LogStore | undefined;
}

const NAME = 'fluentd';
/** The name of the sink that leads to the store in the cluster. */
const STORE_SINK = 'log-store';

/** Makes the collector and the store. */
export function makeLogs(context: StackContext, prop: string, given: StackLogsProps): LogsPart {
  const { chart, nodes, problems, images } = context;
  const { store: wanted, sinks = [], ...rest } = given;
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
