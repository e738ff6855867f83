import type { Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { requireText } from '../fluentd/sinks/sink';
import { wholePods, type CloudLogs, type Logging } from './cloud-logs';

/** Cloud Logging, which every GKE cluster sends its containers' output to unless told otherwise. */
export interface CloudLoggingProps {
  /** The cloud's service. */
  readonly type: 'cloud-logging';
  /** The project that keeps the logs. */
  readonly project: string;
  /** Name of the cluster, where the project has several. @default every cluster of the project */
  readonly cluster?: string;
  /** Region or zone of the cluster, where two have the same name. @default anywhere */
  readonly location?: string;
}

/** Options of Cloud Logging. */
export const CLOUD_LOGGING_SHAPES: Shapes<CloudLoggingProps> = { type: 'text', project: 'text', cluster: 'text', location: 'text' };

const PROJECT = /^([a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/;
const CLUSTER = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;
const LOCATION = /^[a-z]+-[a-z]+\d(-[a-z])?$/;

/** Reads where Cloud Logging keeps the logs. Grafana's image has no source for it, so there are links alone. */
export function readCloudLogging(problems: Mistakes, prop: string, given: Partial<CloudLoggingProps>): CloudLogs {
  const { cluster, location } = given;
  const project = requireText(problems, `${prop}.project`, given.project, PROJECT, 'the id of a project is required, such as "shop-production"');
  if (cluster !== undefined) requireText(problems, `${prop}.cluster`, cluster, CLUSTER, 'the name of a cluster is allowed, such as "shop"');
  if (location !== undefined) requireText(problems, `${prop}.location`, location, LOCATION, 'a region or zone is allowed, such as "europe-west6"');
  const query = (application: Logging) => [
    'resource.type="k8s_container"',
    ...(cluster === undefined ? [] : [`resource.labels.cluster_name="${cluster}"`]),
    ...(location === undefined ? [] : [`resource.labels.location="${location}"`]),
    `resource.labels.namespace_name="${application.namespace}"`,
    `resource.labels.pod_name=~${JSON.stringify(wholePods(application))}`,
  ].join('\n');
  return { title: 'Cloud Logging', url: (application) => `https://console.cloud.google.com/logs/query;query=${escaped(query(application))};duration=PT1H?project=${escaped(project ?? '')}` };
}

/** Brackets and the like would end the parameter. */
const escaped = (text: string) => encodeURIComponent(text).replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
