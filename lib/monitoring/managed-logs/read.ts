import type { Shapes } from '../../core/forms';
import { isPlainObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';
import { readOptions } from '../fluentd/sinks/sink';
import { CLOUD_LOGGING_SHAPES, readCloudLogging, type CloudLoggingProps } from './cloud-logging';
import type { CloudLogs } from './cloud-logs';
import { CLOUDWATCH_LOGS_SHAPES, readCloudWatchLogs, type CloudWatchLogsProps } from './cloudwatch';

/** Where the cloud keeps the logs that its own agent collects. */
export type ManagedLogsProps = CloudLoggingProps | CloudWatchLogsProps;

interface Kind {
  readonly shapes: Shapes<{ readonly type: string }>;
  readonly read: (problems: Mistakes, prop: string, given: object) => CloudLogs;
}

const KINDS: Readonly<Record<ManagedLogsProps['type'], Kind>> = {
  'cloud-logging': { shapes: CLOUD_LOGGING_SHAPES, read: readCloudLogging },
  cloudwatch: { shapes: CLOUDWATCH_LOGS_SHAPES, read: readCloudWatchLogs },
};
const TYPES = Object.keys(KINDS);

/** Reads where the cloud keeps the logs; undefined where that can't be told. */
export function readManagedLogs(problems: Mistakes, prop: string, given: ManagedLogsProps): CloudLogs | undefined {
  const { type } = (isPlainObject(given) ? given : {}) as Partial<ManagedLogsProps>;
  if (type === undefined || !Object.hasOwn(KINDS, type)) {
    problems.add(`${prop}.type`, type, `${sentenceList(TYPES)} are allowed${typeof type === 'string' ? didYouMean(type, TYPES) : ''}`);
    return undefined;
  }
  const { shapes, read } = KINDS[type];
  return read(problems, prop, readOptions(problems, prop, given, shapes));
}
