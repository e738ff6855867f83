import type { Application } from '../core/application';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { didYouMean } from '../core/suggest';
import { CALM_BEHAVIOR, EVENT_KEYS, LOAD_KEYS, type EventScalingProps, type LoadScalingProps, type ReplicasInput } from './autoscaling';

/** How many pods a workload has. */
export interface Replicas {
  /** Fewest; 0 where it scales to zero. */
  readonly min: number;
  /** Most. */
  readonly max: number;
  /** The fixed number; undefined where an autoscaler owns it. */
  readonly fixed: number | undefined;
  /** The scaling asked for. */
  readonly scaling: LoadScalingProps | EventScalingProps | undefined;
}

/** What the kind of workload allows. */
export interface ReplicasContext {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly builtIn: number;
  readonly why: string;
  /** Whether it may scale to zero: only where nobody waits for an answer. */
  readonly toZero: boolean;
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** Reads the `replicas` prop. */
export function readReplicas(application: Application, own: ReplicasInput | undefined, context: ReplicasContext): Replicas {
  const { problems } = application;
  if (isPlainObject(own)) return readScaling(application, own as unknown as LoadScalingProps | EventScalingProps, context);
  const fixed = own ?? (context.kind === 'StatefulSet' ? application.decide('replicas', context.builtIn, context.why) : application.setting('replicas', undefined, context.builtIn, context.why));
  if (!isCount(fixed)) problems.add('replicas', own, 'a whole number, or { min, max } for autoscaling, is allowed');
  const count = isCount(fixed) ? fixed : context.builtIn;
  return { min: count, max: count, fixed: count, scaling: undefined };
}

function readScaling(application: Application, scaling: LoadScalingProps | EventScalingProps, context: ReplicasContext): Replicas {
  const { problems } = application;
  const byEvents = 'triggers' in scaling;
  problems.unknownKeys('replicas', scaling, Object.keys(byEvents ? EVENT_KEYS : LOAD_KEYS), didYouMean);
  const min = scaling.min ?? application.decide('replicas.min', 2, 'one pod would leave none during a drain');
  const toZero = byEvents && context.toZero;
  if (!isCount(min) || (min === 0 && !toZero)) {
    const why = context.toZero ? "only 'triggers' can wake a workload from zero" : 'the first request after zero pods would be lost';
    problems.add('replicas.min', min, min === 0 ? `at least 1 is allowed: ${why}` : `a whole number of at least ${toZero ? 0 : 1} is allowed`);
  }
  if (!isCount(scaling.max) || scaling.max < 1) problems.add('replicas.max', scaling.max, 'a whole number of at least 1 is required');
  else if (isCount(min) && min > scaling.max) problems.add('replicas.min', min, `at most max (${scaling.max}) is allowed; lower min or raise max`);
  if (byEvents) checkTriggers(application, scaling, min);
  else checkTargets(application, scaling);
  return { min: isCount(min) ? min : 1, max: isCount(scaling.max) ? scaling.max : 1, fixed: undefined, scaling };
}

function checkTargets(application: Application, { cpu, memory, metrics = [] }: LoadScalingProps): void {
  const { problems } = application;
  for (const [key, value] of [['cpu', cpu], ['memory', memory]] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= 100)) problems.add(`replicas.${key}`, value, 'a percentage of the request from 1 to 100 is allowed');
  }
  metrics.forEach((metric, index) => {
    const types = ['Pods', 'Object', 'External', 'ContainerResource'];
    if (!types.includes(metric?.type)) problems.add(`replicas.metrics[${index}].type`, metric?.type, `${types.join(', ')} are allowed; 'cpu' and 'memory' have props of their own`);
  });
}

function checkTriggers(application: Application, scaling: EventScalingProps, min: number): void {
  const { problems } = application;
  if (!scaling.triggers.length) problems.add('replicas.triggers', scaling.triggers, 'at least one trigger is required');
  scaling.triggers.forEach((trigger, index) => {
    problems.unknownKeys(`replicas.triggers[${index}]`, trigger, ['type', 'metadata', 'authenticationRef', 'name', 'metricType'], didYouMean);
    for (const [key, value] of Object.entries(trigger.metadata ?? {})) {
      if (typeof value !== 'string') problems.add(`replicas.triggers[${index}].metadata.${key}`, value, 'text is allowed; put it in quotes');
    }
  });
  const own = ['cpu', 'memory'];
  if (min === 0 && scaling.triggers.length > 0 && scaling.triggers.every((trigger) => own.includes(trigger.type))) {
    problems.add('replicas.min', 0, 'cpu and memory cannot be seen at zero pods; add a trigger that can, or set min to 1');
  }
  for (const key of ['pollingInterval', 'cooldownPeriod'] as const) {
    const value = scaling[key];
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) problems.add(`replicas.${key}`, value, 'a whole number of seconds is allowed');
  }
  if (scaling.cooldownPeriod !== undefined && min > 0) problems.add('replicas.cooldownPeriod', scaling.cooldownPeriod, 'it is the wait before zero pods, and min is above zero; remove it or set min to 0');
}

/** Makes the autoscaler, if one is asked for. */
export function makeAutoscaler(application: Application, replicas: Replicas, target: Manifest, requests: JsonObject): { horizontalPodAutoscaler?: Manifest; scaledObject?: Manifest } {
  const { scaling } = replicas;
  if (!scaling) return {};
  return 'triggers' in scaling ? { scaledObject: makeScaledObject(application, replicas, scaling, target) } : { horizontalPodAutoscaler: makeHpa(application, replicas, scaling, target, requests) };
}

const behaviorOf = (application: Application, { behavior }: LoadScalingProps | EventScalingProps) => behavior ?? application.decide('replicas.behavior', CALM_BEHAVIOR, 'up at once, down slowly');

function makeHpa(application: Application, replicas: Replicas, scaling: LoadScalingProps, target: Manifest, requests: JsonObject): Manifest {
  const custom = scaling.metrics ?? [];
  const cpu = scaling.cpu ?? (scaling.memory === undefined && custom.length === 0 ? application.decide('replicas.cpu', 70, 'no metric was named') : undefined);
  const resource = (name: string, averageUtilization: number | undefined) => {
    if (averageUtilization === undefined) return [];
    if (requests[name] === undefined) application.problems.add(`replicas.${name}`, averageUtilization, `the container requests no ${name} to measure against; set resources.requests.${name}`);
    return [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
  };
  return application.manifest('horizontalPodAutoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: {
      scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [...resource('cpu', cpu), ...resource('memory', scaling.memory), ...custom],
      behavior: behaviorOf(application, scaling),
    },
  });
}

function makeScaledObject(application: Application, replicas: Replicas, scaling: EventScalingProps, target: Manifest): Manifest {
  return application.manifest('scaledObject', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    spec: compact({
      scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      pollingInterval: scaling.pollingInterval,
      cooldownPeriod: scaling.cooldownPeriod,
      advanced: { horizontalPodAutoscalerConfig: { behavior: behaviorOf(application, scaling) } },
      triggers: scaling.triggers.map((trigger) => compact({ ...trigger, metadata: { ...trigger.metadata } })),
    }),
  });
}
