import type { Shapes } from '../../../core/forms';
import type { Mistakes } from '../../../core/problems';
import { section } from '../directive';
import { Embedded } from '../value';
import { readAwsKey, type AwsKey } from './buckets';
import { contentOf, present, reach, requireText, type CommonSinkProps, type ReachedProps, type SinkReader } from './sink';

/** Lines to CloudWatch Logs, in a stream for each node. */
export interface CloudWatchSinkProps extends CommonSinkProps, Pick<ReachedProps, 'cidrs'> {
  /** The kind of sink. */
  readonly type: 'cloudwatch';
  /** Region. */
  readonly region: string;
  /** Name of the log group: `'/shop/production'`. */
  readonly group: string;
  /** For how many days the group keeps them: 1, 3, 5, 7, 14, 30, 60, 90, …. @default what the group says */
  readonly retentionDays?: number;
  /** Key of AWS. @default the identity of the service account */
  readonly key?: AwsKey;
}

/** Options of a CloudWatch sink. */
export const CLOUDWATCH_SHAPES: Shapes<CloudWatchSinkProps> = { type: 'text', name: 'text', filter: 'any', buffer: 'any', region: 'text', group: 'text', retentionDays: 'number', key: 'any', cidrs: 'texts' };

/** What CloudWatch takes, by its API. */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
/** Most bytes of an event, less the 26 that CloudWatch adds to each. */
const EVENT_LIMIT = 262_118;

/** Reads the region. */
export const readRegion = (problems: Mistakes, prop: string, given: string | undefined): string | undefined =>
  requireText(problems, `${prop}.region`, given, /^[a-z]{2}(-[a-z]+)+-\d$/, 'the name of a region is required, such as "eu-central-1"');

/** Reads the name of the log group. */
export const readGroup = (problems: Mistakes, prop: string, given: string | undefined): string | undefined =>
  requireText(problems, `${prop}.group`, given, /^[\w./#-]{1,512}$/, 'the name of a log group is required: letters, digits, "-", "_", ".", "/" and "#"');

/** Reads a CloudWatch sink. */
export const readCloudWatch: SinkReader<CloudWatchSinkProps> = (problems, prop, props) => {
  const region = readRegion(problems, prop, props.region);
  const group = readGroup(problems, prop, props.group);
  const { retentionDays, cidrs } = props;
  if (retentionDays !== undefined && !RETENTIONS.includes(retentionDays)) problems.add(`${prop}.retentionDays`, retentionDays, `${RETENTIONS.join(', ')} are allowed`);
  const { id, secret } = readAwsKey(problems, `${prop}.key`, props.key);
  return {
    plugin: 'cloudwatch_logs', variant: 'cloudwatch', identity: props.key === undefined,
    parameters: {
      region, log_group_name: group, log_stream_name: Embedded.environment('K8S_NODE_NAME'), auto_create_stream: true, retention_in_days: retentionDays,
      aws_key_id: contentOf(id), aws_sec_key: contentOf(secret), max_message_length: EVENT_LIMIT, json_handler: 'json',
    },
    sections: [section('format', '', { '@type': 'json' })],
    sources: present(id, secret),
    ...reach({ ...(cidrs ? { cidrs } : {}) }, [443]),
  };
};
