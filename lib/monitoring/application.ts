import { ApiObject } from 'cdk8s';
import type { JsonObject } from '../core/json';
import type { ApplicationInfo, IApplication } from '../core/registry';
import type { HttpMetrics } from '../network/http-metrics';
import type { Slo } from '../workloads/slo';
import { readObjects, type ObservedObjects } from './objects';

/** The kinds of workload that can be watched. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job';

/** A workload by kind and name. */
export interface WorkloadReference {
  /** Its kind. */
  readonly kind: WorkloadKind;
  /** Its name. */
  readonly name: string;
}

/** What the monitoring knows of an application: plain data, from which scrapes, alerts and dashboards are made. */
export interface MonitoredApplication {
  /** Its name. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /** What made it: `WebApp`, `Worker`, `StatefulService`, `CronTask`, `ReleaseTask`, or `Watched`. */
  readonly type: string;
  /** The team that owns it. @default none */
  readonly owner?: string;
  /** What it is for. @default nothing said */
  readonly description?: string;
  /** Where to read on, by name. */
  readonly links: Readonly<Record<string, string>>;
  /** The workload object. @default none known */
  readonly workload?: WorkloadReference;
  /** The labels that select its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** A regular expression of its pods' names, to be matched whole, as PromQL does. */
  readonly pods: string;
  /** Where its metrics are served. @default nowhere */
  readonly metrics?: { readonly port: number; readonly path: string };
  /** The names of its request metrics. @default none: no rates, errors and durations, and no promise */
  readonly http?: HttpMetrics;
  /** Hosts that route to it from outside. */
  readonly hosts: readonly string[];
  /** Whether its hosts are served with TLS. */
  readonly tls: boolean;
  /** The addresses that are probed from outside: one for each host that is no wildcard and not `localhost`. */
  readonly probes: readonly string[];
  /** Name of its HorizontalPodAutoscaler. @default none */
  readonly autoscaler?: string;
  /** Name of its PodDisruptionBudget. @default none */
  readonly budget?: string;
  /** Regular expressions of the names of its PersistentVolumeClaims. */
  readonly claims: readonly string[];
  /** When it runs. @default it has no schedule */
  readonly schedule?: { readonly cron: string; readonly timeZone?: string; readonly suspended: boolean };
  /** Of which resources any of its containers has a limit. */
  readonly limits: { readonly cpu: boolean; readonly memory: boolean };
  /** What it promises. @default nothing */
  readonly slo?: Slo;
}

/** What the monitoring is to know of an application, from what it says of itself and from the objects below it. */
export function observe(application: IApplication | ApplicationInfo): MonitoredApplication {
  const info = 'application' in application ? application.application : application;
  const objects = info.scope.node.findAll().filter(ApiObject.isApiObject).filter(({ kind }) => OBSERVED.has(kind)).map((object) => object.toJson() as JsonObject);
  return monitored(info, readObjects(objects, info.name));
}

const OBSERVED: ReadonlySet<string> = new Set([
  'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'HorizontalPodAutoscaler', 'ScaledObject', 'PodDisruptionBudget', 'PersistentVolumeClaim',
  'Ingress', 'HTTPRoute', 'GRPCRoute',
]);

/** A wildcard is no address, and what ends in `.localhost` leads every machine to itself. */
const isPublic = (host: string) => !host.startsWith('*') && !/(^|\.)localhost$/.test(host);

/** What is known of an application without its objects. */
export type ApplicationFacts = Omit<ApplicationInfo, 'scope' | 'ports'>;

/** Puts together what an application says and what its objects show. */
export function monitored(info: ApplicationFacts, objects: ObservedObjects): MonitoredApplication {
  const { owner, description, metrics, slo } = info;
  const tls = objects.tls ?? true;
  return {
    name: info.name,
    namespace: info.namespace ?? 'default',
    type: info.type,
    ...(owner === undefined ? {} : { owner }),
    ...(description === undefined ? {} : { description }),
    links: { ...info.links },
    ...objects.derived,
    selector: { ...info.selector },
    ...(metrics ? { metrics: { port: metrics.port, path: metrics.path } } : {}),
    ...(metrics?.http ? { http: metrics.http } : {}),
    hosts: [...info.hosts],
    tls,
    probes: objects.speaksGrpc ? [] : info.hosts.filter(isPublic).map((host) => `http${tls ? 's' : ''}://${host}${objects.path}`),
    ...(slo ? { slo } : {}),
  };
}
