import type { Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { readGroup, readRegion } from '../fluentd/sinks/cloudwatch';
import { requireText } from '../fluentd/sinks/sink';
import { wholePods, type CloudLogs, type Logging } from './cloud-logs';

/** CloudWatch Logs, which the agent of EKS (the add-on `amazon-cloudwatch-observability`, or the log router of Fargate) sends to. */
export interface CloudWatchLogsProps {
  /** The cloud's service. */
  readonly type: 'cloudwatch';
  /** Region. */
  readonly region: string;
  /** Name of the cluster: the add-on writes to the group `/aws/containerinsights/<cluster>/application`. @default none: `group` is required */
  readonly cluster?: string;
  /** Name of the log group, where it is another. @default the one of the add-on */
  readonly group?: string;
}

/** Options of CloudWatch. */
export const CLOUDWATCH_LOGS_SHAPES: Shapes<CloudWatchLogsProps> = { type: 'text', region: 'text', cluster: 'text', group: 'text' };

const CLUSTER = /^[0-9A-Za-z][\w-]{0,99}$/;
/** Most lines that a page shows. */
const LINES = 1_000;
/** The console of the partitions that have one of their own. */
const CONSOLES: Readonly<Record<string, string>> = { 'cn-': 'console.amazonaws.cn', 'us-gov-': 'console.amazonaws-us-gov.com' };

/** Reads where CloudWatch keeps the logs. */
export function readCloudWatchLogs(problems: Mistakes, prop: string, given: Partial<CloudWatchLogsProps>): CloudLogs {
  const region = readRegion(problems, prop, given.region) ?? '';
  const group = groupOf(problems, prop, given) ?? '';
  return { title: 'CloudWatch', url: (application) => consoleUrl(region, group, queryOf(application)), grafana: { region, group, query: queryOf } };
}

function groupOf(problems: Mistakes, prop: string, { cluster, group }: Partial<CloudWatchLogsProps>): string | undefined {
  if ((cluster === undefined) === (group === undefined)) {
    problems.add(prop, group ?? 'neither', "exactly one of 'cluster', for the group of the add-on, and 'group' is required");
    return undefined;
  }
  if (group !== undefined) return readGroup(problems, prop, group);
  const name = requireText(problems, `${prop}.cluster`, cluster, CLUSTER, 'the name of a cluster is allowed: letters, digits, "-" and "_"');
  return name && `/aws/containerinsights/${name}/application`;
}

const queryOf = (application: Logging): string => [
  'fields @timestamp, log',
  `filter kubernetes.namespace_name = "${application.namespace}" and kubernetes.pod_name like /${wholePods(application)}/`,
  'sort @timestamp desc',
  `limit ${LINES}`,
].join('\n| ');

/** The console has a notation of its own: objects as `~(key~value)`, texts after a quote with `*` for `%`, and `$` for `%` in the whole. */
function consoleUrl(region: string, group: string, query: string): string {
  const detail = `~(end~0~start~-3600~timeType~${text('RELATIVE')}~unit~${text('seconds')}~editorString~${text(query)}~source~(~${text(group)}))`;
  const host = Object.entries(CONSOLES).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'console.aws.amazon.com';
  const page = encodeURIComponent(`?queryDetail=${percent(detail, /[~()']/g)}`).replaceAll('%', '$');
  return `https://${host}/cloudwatch/home?region=${region}#logsV2:logs-insights${page}`;
}

const percent = (given: string, characters: RegExp) => given.replace(characters, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const text = (given: string) => `'${percent(encodeURIComponent(given), /[!'()*~]/g).replaceAll('%', '*')}`;
