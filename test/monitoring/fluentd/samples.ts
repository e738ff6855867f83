import { fileFromConfig, fileFromSecret } from '../../../lib';
import type { MonitoredApplication } from '../../../lib/monitoring/application';
import { Fluentd, fluentdConfig, readLogs, renderDirectives, type LogsContext, type LogsProps, type SinkProps } from '../../../lib/monitoring/fluentd';
import { Mistakes } from '../../../lib/core/problems';
import { parse, type Section } from './parse';

export const secret = (key: string) => fileFromSecret('sinks', key);
export const SECRET = { ruby: "File.read('/fluentd/secrets/sinks/password').strip" };

/** One of each kind, with every option that has a credential. */
export const SINKS = {
  elasticsearch: { type: 'elasticsearch', urls: ['https://es.example.com:9200'], user: 'fluentd', password: secret('password'), ca: fileFromConfig('authorities', 'es.crt') },
  opensearch: { type: 'opensearch', urls: ['https://os.example.com'], user: 'fluentd', password: secret('password') },
  s3: { type: 's3', bucket: 'shop-logs', region: 'eu-central-1', key: { id: secret('id'), secret: secret('password') } },
  gcs: { type: 'gcs', bucket: 'shop-logs', project: 'shop-production', key: secret('key.json') },
  cloudwatch: { type: 'cloudwatch', region: 'eu-central-1', group: '/shop/production', retentionDays: 30, key: { id: secret('id'), secret: secret('password') } },
  kafka: { type: 'kafka', brokers: ['kafka-0.example.com:9093', 'kafka-1.example.com:9093'], topic: 'logs', login: { user: 'fluentd', password: secret('password') } },
  loki: { type: 'loki', url: 'https://loki.example.com', user: 'fluentd', password: secret('password') },
  forward: { type: 'forward', servers: ['logs.example.com:24224'], sharedKey: secret('password'), tls: true, ca: fileFromSecret('authorities', 'ca.crt') },
  stdout: { type: 'stdout' },
} as const satisfies Record<string, SinkProps>;

export const application = (name: string, more: Partial<MonitoredApplication> = {}): MonitoredApplication => ({
  name, namespace: 'shop', type: 'WebApp', links: {}, selector: {}, pods: `${name}-[a-z0-9]+-[a-z0-9]+`, hosts: [], tls: true, probes: [], claims: [], limits: { cpu: false, memory: true }, ...more,
});

export const CONTEXT: LogsContext = {
  applications: [application('web'), application('old', { type: 'Watched', owner: 'legacy' })], namespaces: ['monitoring', 'shop'], environment: 'staging', nodeAccess: true, own: { name: 'fluentd', namespace: 'monitoring-nodes' },
};

/** Reads props of any kind, as a JavaScript user may pass them. */
export function read(props: object, context: Partial<LogsContext> = {}) {
  const problems = new Mistakes();
  const settings = readLogs(problems, 'logs', props as LogsProps, { ...CONTEXT, ...context });
  return { settings, problems: problems.messages };
}

/** What is wrong with props; with the sink stdout where they name none. */
export const problemsOf = (props: object, context: Partial<LogsContext> = {}): readonly string[] => read({ sinks: [SINKS.stdout], ...props }, context).problems;

/** The text of the configuration of good props. */
export function textOf(props: object = {}, context: Partial<LogsContext> = {}): string {
  const { settings, problems } = read({ sinks: [SINKS.stdout], ...props }, context);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return renderDirectives(fluentdConfig(settings!));
}

/** The configuration of good props, as FluentD reads it. */
export const configOf = (props: object = {}, context: Partial<LogsContext> = {}): readonly Section[] => parse(textOf(props, context));

export { Fluentd };
