import type { k8s } from 'cdk8s-plus-28';
import type { JsonObject } from '../core/json';

/** A metric other than CPU and memory, as the HorizontalPodAutoscaler takes it: `{ type: 'Pods' | 'Object' | 'External' | 'ContainerResource', … }`. */
export type CustomMetric = JsonObject & { readonly type: string };

/** A KEDA trigger: `{ type: 'rabbitmq', metadata: { … }, authenticationRef: { name } }`. */
export interface KedaTrigger {
  /** Name of the scaler: `rabbitmq`, `kafka`, `aws-sqs-queue`, `cron`, … */
  readonly type: string;
  /** Settings of the scaler; text only. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Name of a TriggerAuthentication that holds its credentials. @default none */
  readonly authenticationRef?: { readonly name: string; readonly kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication' };
  /** Name of the trigger. @default none */
  readonly name?: string;
  /** How the value counts. @default 'AverageValue' */
  readonly metricType?: 'AverageValue' | 'Value' | 'Utilization';
}

/** Limits that every way of scaling has. */
export interface ScalingLimits {
  /** Fewest pods. @default 2 */
  readonly min?: number;
  /** Most pods. */
  readonly max: number;
  /** How fast it scales, as the HorizontalPodAutoscaler takes it. @default up at once; down by a tenth a minute after five quiet minutes */
  readonly behavior?: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/** Scaling by load (HorizontalPodAutoscaler). */
export interface LoadScalingProps extends ScalingLimits {
  /** Use of the requested CPU to keep to, in percent; `resources` must request some. @default 70, unless memory or metrics are given */
  readonly cpu?: number;
  /** Use of the requested memory to keep to, in percent; `resources` must request some. @default not looked at */
  readonly memory?: number;
  /** Custom and external metrics. @default none */
  readonly metrics?: readonly CustomMetric[];
}

/** Scaling by events (KEDA): the length of a queue, a schedule, a query. */
export interface EventScalingProps extends ScalingLimits {
  /** What to scale by. */
  readonly triggers: readonly KedaTrigger[];
  /** Seconds between looks at the triggers. @default 30 */
  readonly pollingInterval?: number;
  /** Seconds without events before it scales to zero. @default 300 */
  readonly cooldownPeriod?: number;
}

/** How many pods: a number, or limits within which they scale. Never both. */
export type ReplicasInput = number | LoadScalingProps | EventScalingProps;

/** The keys of {@link LoadScalingProps}. */
export const LOAD_KEYS: Record<keyof LoadScalingProps, true> = { min: true, max: true, behavior: true, cpu: true, memory: true, metrics: true };

/** The keys of {@link EventScalingProps}. */
export const EVENT_KEYS: Record<keyof EventScalingProps, true> = { min: true, max: true, behavior: true, triggers: true, pollingInterval: true, cooldownPeriod: true };

/** Whether KEDA does the scaling. */
export const scalesByEvents = (scaling: LoadScalingProps | EventScalingProps): scaling is EventScalingProps => 'triggers' in scaling && scaling.triggers !== undefined;
