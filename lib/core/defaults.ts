import type { IConstruct } from 'constructs';
import type { DisruptionProps } from '../availability/disruption';
import type { SpreadMode } from '../availability/spread';
import type { TrafficSource } from '../network/traffic';
import type { GatewayReference } from '../network/gateway-route';
import type { RouteTls } from '../network/tls';
import type { ImagePolicy } from '../pod/image';
import type { ResourcesProps } from '../pod/resources';
import type { SchedulingProps } from '../pod/scheduling';
import type { SecurityProps } from '../pod/security';
import type { ShutdownProps } from '../pod/shutdown';
import type { RolloutProps } from '../workloads/rollout';
import { show } from './problems';
import { misshapen, type Shapes } from './forms';
import { didYouMean } from './suggest';

/**
 * Values that hold for every workload below an app, a chart or any construct. A workload's own prop wins over them,
 * the nearest scope over those above it; labels and annotations merge key by key.
 */
export interface Defaults extends SchedulingProps {
  /** What image references are allowed. @default 'tag' */
  readonly imagePolicy?: ImagePolicy;
  /** Names of the Secrets that the images are pulled with. @default none */
  readonly imagePullSecrets?: readonly string[];
  /** Labels on every object. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations on every object. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The team that owns the workloads. @default none */
  readonly owner?: string;
  /** The larger whole that the workloads belong to (`app.kubernetes.io/part-of`). @default none */
  readonly partOf?: string;
  /** Number of pods of a WebApp or Worker that says nothing. @default 2 */
  readonly replicas?: number;
  /** Requests and limits of a container that says nothing. @default small requests and a memory limit */
  readonly resources?: ResourcesProps;
  /** Users and groups that the pods run as. @default the image's own */
  readonly security?: SecurityProps;
  /** How pods stop. @default 5 s of notice, 20 s to finish */
  readonly shutdown?: ShutdownProps;
  /** How a new version takes over. @default no capacity lost */
  readonly rollout?: RolloutProps;
  /** How many pods a drain may take at once. @default 1, from two pods on */
  readonly disruption?: DisruptionProps | false;
  /** How pods spread over zones and nodes. @default 'preferred' */
  readonly spread?: SpreadMode;
  /** Whether workloads get network policies. @default true */
  readonly networkPolicy?: boolean;
  /** Where requests from outside come from: the ingress controller or load balancer. @default the namespace `ingress-nginx`, or the Gateway's */
  readonly ingressTraffic?: TrafficSource;
  /** Where metrics are collected from. @default the namespace `monitoring` */
  readonly metricsTraffic?: TrafficSource;
  /** The API server's addresses, for workloads that talk to it. @default any address, ports 443 and 6443 */
  readonly apiServerTraffic?: TrafficSource;
  /** The ingress class of routes. @default the cluster's default class */
  readonly ingressClass?: string;
  /** TLS of routes. @default none: a route must say */
  readonly tls?: RouteTls;
  /** The Gateway that routes attach to, in place of an Ingress. @default an Ingress */
  readonly gateway?: GatewayReference;
}

const SHAPES: Shapes<Defaults> = {
  imagePolicy: 'text', imagePullSecrets: 'list', labels: 'map', annotations: 'map', owner: 'text', partOf: 'text', replicas: 'number',
  resources: 'map', security: 'map', shutdown: 'map', rollout: 'map', disruption: 'any', spread: 'any', networkPolicy: 'truth',
  ingressTraffic: 'map', metricsTraffic: 'map', apiServerTraffic: 'map', ingressClass: 'text', tls: 'any', gateway: 'map',
  nodeSelector: 'map', tolerations: 'list', priorityClassName: 'text', spot: 'text',
};

const MERGED: ReadonlySet<string> = new Set(['labels', 'annotations']);

/** A default as found from a construct. */
export interface FoundDefault<T> {
  /** The value. */
  readonly value: T;
  /** Path of the scope that set it. */
  readonly from: string;
}

const contextKey = (key: string) => `fairlead:defaults:${key}`;

/**
 * Sets defaults for everything below the scope; call it before anything stands there.
 * @throws when the scope has children already (they would have missed them), or a key is unknown or its value of the wrong form
 */
export function setDefaults(scope: IConstruct, defaults: Defaults): void {
  const path = scope.node.path || 'the app';
  if (scope.node.children.length > 0) {
    throw new Error(`[${path}] defaults: got them after '${scope.node.children[0]!.node.id}' was added; set them before the first construct of this scope, so that they hold for all`);
  }
  for (const [key, value] of Object.entries(defaults)) {
    if (value === undefined) continue;
    const known = Object.hasOwn(SHAPES, key);
    const wrong = known ? misshapen(value, SHAPES[key as keyof Defaults]) : `no such default${didYouMean(key, Object.keys(SHAPES))}`;
    if (wrong) throw new Error(`[${path}] defaults.${key}: got ${show(value)}; ${wrong}`);
    const outer = scope.node.tryGetContext(contextKey(key)) as FoundDefault<object> | undefined;
    const merged = MERGED.has(key) ? { ...outer?.value, ...value } : value;
    scope.node.setContext(contextKey(key), { value: merged, from: path });
  }
}

/** The nearest default for the key, seen from the construct. */
export function findDefault<K extends keyof Defaults>(scope: IConstruct, key: K): FoundDefault<NonNullable<Defaults[K]>> | undefined {
  return scope.node.tryGetContext(contextKey(key)) as FoundDefault<NonNullable<Defaults[K]>> | undefined;
}
