import type { JsonObject } from '../core/json';
import { objectAt } from '../core/paths';

/** What a load balancer is told of pods that it sends requests to without a controller in between. */
export interface Backend {
  /** Their readiness probe, as rendered. @default they have none */
  readonly readiness: JsonObject | undefined;
  /** Seconds that a pod takes to stop, at most. */
  readonly grace: number;
}

/** A health check that asks what the readiness probe asks. */
export interface HealthCheck {
  /** What is asked: a command can't be run from outside, so that a connection stands for it. */
  readonly type: 'HTTP' | 'GRPC' | 'TCP';
  /** The port of the pod. @default the one that requests go to */
  readonly port: number | undefined;
  /** Path of an HTTP GET. @default none is made */
  readonly path: string | undefined;
  /** The gRPC service asked after. @default the server as a whole */
  readonly service: string | undefined;
  /** Seconds between two questions. */
  readonly interval: number;
  /** Seconds that an answer may take. */
  readonly timeout: number;
  /** Successes in a row that count. */
  readonly successes: number;
  /** Failures in a row that count. */
  readonly failures: number;
}

/** The health check of a load balancer, with the kubelet's defaults. Headers are left out: load balancers send none. */
export function healthCheckOf({ readiness = {} }: Backend): HealthCheck {
  const [http, grpc, tcp] = ['httpGet', 'grpc', 'tcpSocket'].map((handler) => objectAt(readiness, handler)) as [JsonObject, JsonObject, JsonObject];
  const { periodSeconds = 10, timeoutSeconds = 1, successThreshold = 1, failureThreshold = 3 } = readiness as Readonly<Record<string, number>>;
  return {
    type: http.path !== undefined ? 'HTTP' : grpc.port !== undefined ? 'GRPC' : 'TCP',
    port: (http.port ?? grpc.port ?? tcp.port) as number | undefined,
    path: http.path as string | undefined,
    service: grpc.service as string | undefined,
    interval: periodSeconds,
    timeout: timeoutSeconds,
    successes: successThreshold,
    failures: failureThreshold,
  };
}

/** The number, or the nearest one that is allowed. */
export const within = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);
