import * as z from 'zod';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from '../lib';
import { WEEKDAYS } from '../lib/core/weekdays';
import { boolean, integer, secret, section, version, type Environment } from '../lib/environment';
import { reporterOf } from '../lib/pulumi/cluster/settings/read';
import { checkEntrance } from './cluster/entrance';
import { cluster, withEnvironment } from './cluster/settings';
import { checkMonitoring } from './monitoring/facts';
import { credentialsIn, monitoring } from './monitoring/settings';

const kubernetesVersion = version().refine((value): value is KubernetesVersion => (KUBERNETES_VERSIONS as readonly string[]).includes(value), `one of ${KUBERNETES_VERSIONS.map((known) => `"${known}"`).join(', ')}`);

/** A time of day. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "07:00"');

const settings = section({
  /** Version of the cluster, in quotes; every object is checked against its schema. */
  kubernetesVersion: kubernetesVersion as unknown as z.ZodType<KubernetesVersion>,
  /** Namespace that everything stands in. */
  namespace: z.string(),
  /** Host name of the shop. */
  host: z.string(),
  /** Name of the cert-manager ClusterIssuer that signs the hosts' certificates. Not where the load balancer of a cluster that is made has them: see its `hosts`. */
  tlsIssuer: z.string().optional(),
  /** Class of the ingress controller. */
  ingressClass: z.string().optional(),
  /** The shop's images. */
  images: section({
    /** Registry and folder of the images. */
    repository: z.string().default('us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo'),
    /** Release of the shop. */
    tag: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'the tag of an image, such as v0.10.6'),
    /** Which references are allowed, from lax to strict. */
    policy: z.enum(['any', 'tag', 'fixed', 'digest']).default('tag'),
  }),
  /** Pods of each service: a fixed number where both are equal, else autoscaled between them. */
  replicas: section({ min: integer({ min: 1, max: 50 }), max: integer({ min: 1, max: 100 }) }).refine(({ min, max }) => min <= max, 'min at most max'),
  /** Whether pods must spread over the zones, not only should. */
  requireSpread: boolean().default(false),
  /** Quota of the namespace, by resource. */
  quota: z.record(z.string(), z.string()).default({}),
  /** The cart store. */
  redis: section({
    /** Volume that keeps the carts; none where they may be lost. */
    storage: section({ size: z.string(), storageClass: z.string().optional() }).optional(),
  }).default({}),
  /** Made-up shoppers, for environments without real ones. */
  loadGenerator: section({ users: integer({ min: 1, max: 10_000 }), rate: integer({ min: 1, max: 1_000 }) }).optional(),
  /** When the environment is awake; at other times it has no pods, and its nightly job rests. @default always */
  workingHours: section({ days: z.array(z.enum(WEEKDAYS)).min(1).optional(), start: time.optional(), end: time.optional(), timeZone: z.string().optional() }).optional(),
  /** Encrypted values: `pulumi config set --secret --path 'fairlead:secrets.heartbeatUrl' …`. */
  secrets: section({
    /** Address that the nightly job calls when it is done; whoever watches it raises the alarm when the call does not come. */
    heartbeatUrl: secret().optional(),
    /** Credentials of the monitoring, by the key that receivers and sinks name. */
    monitoring: z.record(z.string(), secret()).optional(),
  }).default({}),
  /** Metrics, alerts, dashboards and logs. Without it there are none. */
  monitoring: monitoring.optional(),
  /** The cluster that `up` deploys to; without it there is synth and no deployment. */
  cluster: cluster.optional(),
  /** What Pulumi refuses to delete or replace. */
  protect: z.enum(['stateful', 'all', 'none']).default('stateful'),
  /** Whether volumes, and the namespace that they stand in, stay in the cluster when the environment is destroyed. */
  retainVolumes: boolean().default(true),
}).superRefine((all, context) => {
  checkEntrance(all, reporterOf(context));
  checkMonitoring(all, reporterOf(context));
  const { monitoring: settings, secrets } = all;
  const known = Object.keys(secrets.monitoring ?? {});
  for (const { key, secret: other, path } of credentialsIn({ alerting: settings?.alerting, logs: settings?.logs })) {
    if (other === undefined && !known.includes(key)) context.addIssue({ code: 'custom', path: ['monitoring', ...path, 'key'], input: key, message: `${known.length > 0 ? `${known.join(', ')}, or ` : ''}a key of another Secret with its name: { secret: my-secret, key: ${key} }; a new one is encrypted by: pulumi config set --secret --path 'fairlead:secrets.monitoring.${key}'` });
  }
});

/** What `Pulumi.<environment>.yaml` says, key by key. The one description of an environment, for synth and `up`. */
export const environmentSchema = z.preprocess(withEnvironment, settings);

/** An environment's settings. */
export type Settings = z.output<typeof environmentSchema>;

/** An environment of the shop. */
export interface ShopEnvironment extends Environment<Settings> {
  /** When it may be removed, such as `2026-01-31T12:00:00Z`. @default never: only preview environments end by themselves */
  readonly expires?: string;
}

/** Name of the Secret that holds an environment's encrypted values, a key each. */
export const SECRETS = 'boutique-secrets';
