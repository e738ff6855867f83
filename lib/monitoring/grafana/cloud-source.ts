import { isPlainObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import type { EgressProps } from '../../network/traffic';
import type { IdentityProps } from '../../pod/service-account';
import { reach } from '../fluentd/sinks/sink';
import type { CloudLogs } from '../managed-logs';

/** What decides whether Grafana reads the cloud's logs. */
export interface CloudSourceInput {
  readonly cloudLogs?: CloudLogs;
  readonly identity?: IdentityProps;
  readonly egress?: readonly EgressProps[] | 'any';
}

/** The cloud's logs as Grafana sees them, and its way to them. */
export interface CloudSource {
  readonly cloudLogs: CloudLogs | undefined;
  readonly egress: readonly EgressProps[] | 'any' | undefined;
}

/** Without an identity it reads nothing of the cloud's, and links to the console. */
export function readCloudSource(problems: Mistakes, { cloudLogs, identity, egress }: CloudSourceInput): CloudSource {
  if (identity === undefined) {
    const { grafana: _, ...links } = cloudLogs ?? {};
    return { cloudLogs: cloudLogs && (links as CloudLogs), egress };
  }
  if (!cloudLogs?.grafana) problems.add('identity', identity, 'nothing that Grafana reads asks for it: it is for logs in CloudWatch; remove it');
  else if (!isPlainObject(identity) || identity.awsRoleArn === undefined) problems.add('identity.awsRoleArn', undefined, 'the ARN of the role that may read the log group is required');
  return { cloudLogs, egress: egress === 'any' ? egress : [...(egress ?? []), ...(reach({}, [443]).egress ?? [])] };
}
