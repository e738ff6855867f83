import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { fromField } from '../../config/env';
import type { FilesProps } from '../../config/files';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import { Volume } from '../../pod/volume';
import { NodeAgent } from '../node-agent';
import { grantCluster, grantIn } from '../rbac';
import { STATE_DIRECTORY } from './buffer';
import { renderDirectives } from './directive';
import { fluentdConfig, METRICS_PORT } from './pipeline';
import type { LogSettings } from './props';
import { filePath } from './value';

/** Where the image looks for its configuration. */
export const CONFIG_FILE = '/fluentd/etc/fluent.conf';

/** It asks for one pod at a time, by the name in the name of its file. */
const READ_PODS = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const RESOURCES = { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } };
/** The metrics take a moment on a node with many files; a slow answer is no reason for a restart. */
const PROBES = { readiness: { http: '/metrics', period: '15s', timeout: '5s' }, liveness: { tcp: true, period: '15s', timeout: '5s', failureThreshold: 6 } } as const;

/**
 * Collects the logs of a node's containers and sends them to the sinks. It reads the node's log files and keeps its
 * place and its buffers on the node's disk: it stands in a namespace whose Pod Security level is `privileged`.
 */
export class Fluentd extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;
  /** The workload. */
  public readonly workload: NodeAgent;
  /** The text of its configuration. */
  public readonly config: string;

  public constructor(scope: Construct, id: string, settings: LogSettings) {
    super(scope, id);
    const { sinks, own, image, props } = settings;
    this.config = renderDirectives(fluentdConfig(settings));
    this.workload = new NodeAgent(this, own.name, {
      description: "Collects the logs of the node's containers",
      image,
      // Fewer arenas, less memory lost between them; Ruby gains nothing from more.
      env: { K8S_NODE_NAME: fromField('spec.nodeName'), MALLOC_ARENA_MAX: 2 },
      files: { [CONFIG_FILE]: this.config, ...secretFiles(settings) },
      mounts: { '/var/log': { volume: hostPath('logs', '/var/log', 'Directory'), readOnly: true }, [STATE_DIRECTORY]: hostPath('state', `${STATE_DIRECTORY}/${own.namespace}`, 'DirectoryOrCreate') },
      writablePaths: ['/tmp'],
      ports: { metrics: METRICS_PORT },
      metrics: { port: 'metrics' },
      probes: PROBES,
      shutdown: { drain: '40s' },
      mountServiceAccountToken: true,
      connectsTo: sinks.flatMap(({ connections = [] }) => connections),
      egress: sinks.flatMap(({ egress = [] }) => egress),
      security: { runAsUser: 0, runAsGroup: 0, exception: { root: true, reason: "Reads the log files of the node, which are root's, and keeps its place and its buffers on its disk" } },
      resources: props.resources ?? RESOURCES,
      ...props.scheduling,
      ...(props.identity ? { identity: props.identity } : {}),
    });
    this.application = this.workload.application;
    this.grant(settings);
  }

  private grant({ namespaces, own }: LogSettings): void {
    const subject = { name: own.name, namespace: Chart.of(this).namespace ?? own.namespace };
    if (namespaces === 'all') grantCluster(this, subject, READ_PODS);
    else grantIn(this, subject, namespaces, READ_PODS);
  }
}

const hostPath = (name: string, path: string, type: string): Volume => Volume.of(name, { hostPath: { path, type } });

function secretFiles({ sinks }: LogSettings): FilesProps {
  return Object.fromEntries(sinks.flatMap(({ sources = [] }) => sources.map((source) => [filePath(source), source])));
}
