import * as z from 'zod';
import { boolean, number, section } from '../../lib/environment';

/** Name of the Secret with the credentials of the monitoring, in its namespace. */
export const MONITORING_SECRETS = 'monitoring-secrets';
/** The key of the password of Grafana's administrator. */
export const GRAFANA_PASSWORD = 'grafanaPassword';
/** Where the encrypted values for that Secret stand in an environment's file. */
export const ENCRYPTED = 'monitoring';

/** The namespace of an environment's monitoring. */
export const monitoringNamespace = (namespace: string): string => `${namespace}-monitoring`;
/** The namespace of its agents on the nodes. */
export const agentsNamespace = (namespace: string): string => `${monitoringNamespace(namespace)}-nodes`;

const volume = section({
  /** Size, such as `10Gi`. */
  size: z.string(),
  /** Name of the StorageClass. */
  storageClass: z.string().optional(),
});

/** Receivers and sinks as the library takes them; it knows their kinds. `{ key }` stands for a credential. */
const notifications = z.record(z.string(), z.unknown());

const severity = z.enum(['critical', 'warning', 'info']);

const route = section({
  /** Alerts of this team: the `owner` of the applications. */
  team: z.string().optional(),
  /** Alerts of these severities. */
  severity: z.union([severity, z.array(severity).min(1)]).optional(),
  /** Name of the receiver. */
  receiver: z.string(),
  /** Whether the routes after this one get the alert too. */
  continue: boolean().default(false),
});

const alert = section({
  /** The number that it compares with. */
  threshold: number().optional(),
  /** How long it must hold: `10m`. */
  for: z.string().optional(),
  severity: severity.optional(),
});

const alerting = section({
  /** Ways to tell somebody, by name of the receiver and kind: `team: { slack: { webhook: { key: slackWebhook } } }`. */
  receivers: z.record(z.string(), notifications),
  /** Name of the receiver of alerts that no route takes. */
  receiver: z.string(),
  /** Where other alerts go. */
  routes: z.array(route).default([]),
  /** Who notices outside that the alerting itself fails, or why nobody does. */
  deadManSwitch: z.union([section({ receiver: z.string() }), section({ declined: z.string().min(1) })]),
  /** Address of the folder with the runbooks. */
  runbooks: z.string(),
  /** Changes to alerts by name; `false` switches one off. */
  alerts: z.record(z.string(), z.union([z.literal(false), alert])).default({}),
});

const logs = section({
  /** Volume of the store in the cluster; none where logs may go with its pod. */
  storage: volume.optional(),
  /** For how long it keeps them: `7d`. */
  retention: z.string().optional(),
  /** Where logs go in place of the store: S3, Elasticsearch and so on. */
  sinks: z.array(notifications).default([]),
});

/** The monitoring of an environment. */
export const monitoring = section({
  /** One of everything without volumes, or pairs with volumes. */
  size: z.enum(['small', 'standard']).default('small'),
  /** Prometheus. */
  prometheus: section({
    /** The volume of each; else by `size`. */
    storage: volume.optional(),
    /** How much is kept: what is over either limit goes. */
    retention: section({ time: z.string().optional(), size: z.string().optional() }).optional(),
  }).default({}),
  /** Who is told of which alerts. */
  alerting,
  /** Grafana. */
  grafana: section({
    /** Host of its route; without one it is reached by a port-forward. */
    host: z.string().optional(),
    /** Volume for what people make in it. */
    storage: volume.optional(),
  }).default({}),
  /** The collection of logs; `false` where the cloud collects them. @default the store in the cluster, or the cloud's own where pods get none of the nodes' */
  logs: z.union([z.literal(false), logs]).optional(),
  /** Ranges of addresses for the network policies. */
  network: section({
    /** Those of the API server. @default what is known of the cluster, or any address, at its ports */
    apiServer: z.array(z.string()).min(1).optional(),
    /** Those of the nodes. @default what is known of the cluster, or the private ranges */
    nodes: z.array(z.string()).min(1).optional(),
  }).default({}),
  /** Whether the cluster lets pods see the files and processes of their node. @default what is known of the cluster, or true */
  hostAccess: boolean().optional(),
  /** Whether node-exporter runs: it takes port 9100 of the nodes, so once in a cluster. */
  nodeExporter: boolean().default(true),
  /** Whether the shop's public address and its certificate are looked at from inside of the cluster. */
  probes: boolean().default(true),
});

/** What an environment says of its monitoring. */
export type MonitoringSettings = z.infer<typeof monitoring>;

/** A credential: a key of our Secret, or of another one in the namespace of the monitoring. */
export interface Credential {
  readonly key: string;
  readonly secret?: string;
}

/** Whether a value stands for a credential. */
export function isCredential(value: unknown): value is Credential {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { key, secret, ...others } = value as Partial<Credential>;
  return typeof key === 'string' && (secret === undefined || typeof secret === 'string') && Object.keys(others).length === 0;
}

/** A credential and its place in the settings. */
export interface PlacedCredential extends Credential {
  readonly path: readonly (string | number)[];
}

/** The credentials in settings, wherever they stand. */
export function credentialsIn(value: unknown, path: PlacedCredential['path'] = []): PlacedCredential[] {
  if (isCredential(value)) return [{ ...value, path }];
  if (Array.isArray(value)) return value.flatMap((inner, index) => credentialsIn(inner, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => credentialsIn(inner, [...path, key]));
}
