import type { Application } from '../core/application';
import { isPlainObject } from '../core/json';
import { asList, asObject } from '../core/shape';
import { sentenceList } from '../core/suggest';
import { EVENT_KEYS, LOAD_KEYS, scalesByEvents, type EventScalingProps, type KedaTrigger, type LoadScalingProps, type ReplicasInput } from './autoscaling';

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

const TRIGGER_KEYS: Record<keyof KedaTrigger, true> = { type: true, metadata: true, authenticationRef: true, name: true, metricType: true };
const METRIC_TYPES = ['Pods', 'Object', 'External', 'ContainerResource'];
/** Triggers that look at the pods themselves, and so see nothing where there is none. */
const OWN_LOAD = ['cpu', 'memory'];

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** Reads the `replicas` prop. */
export function readReplicas(application: Application, own: ReplicasInput | undefined, context: ReplicasContext): Replicas {
  if (isPlainObject(own)) return readScaling(application, own as unknown as LoadScalingProps | EventScalingProps, context);
  const { builtIn, why } = context;
  const count = own ?? (context.kind === 'StatefulSet' ? application.decide('replicas', builtIn, why) : application.setting('replicas', undefined, builtIn, why));
  if (own === null || !isCount(count)) application.problems.add('replicas', own === null ? own : count, 'a whole number, or { min, max } for autoscaling, is allowed');
  const fixed = isCount(count) ? count : builtIn;
  return { min: fixed, max: fixed, fixed, scaling: undefined };
}

function readScaling(application: Application, scaling: LoadScalingProps | EventScalingProps, context: ReplicasContext): Replicas {
  const { problems } = application;
  const byEvents = scalesByEvents(scaling);
  problems.unknownKeys('replicas', scaling, Object.keys(byEvents ? EVENT_KEYS : LOAD_KEYS));
  const least = byEvents && context.toZero ? 0 : 1;
  const min = scaling.min ?? application.decide('replicas.min', 2, 'one pod would leave none during a drain');
  const { max } = scaling;
  if (min === 0 && least === 1) problems.add('replicas.min', 0, `at least 1 is allowed: ${context.toZero ? "only 'triggers' can wake a workload from zero" : 'the first request after zero pods would be lost'}`);
  else if (!isCount(min)) problems.add('replicas.min', min, `a whole number of at least ${least} is allowed`);
  if (!isCount(max) || max < 1) problems.add('replicas.max', max, 'a whole number of at least 1 is required');
  else if (isCount(min) && min > max) problems.add('replicas.min', min, `at most max (${max}) is allowed; lower min or raise max`);
  if (byEvents) checkTriggers(application, scaling, min);
  else checkTargets(application, scaling);
  return { min: isCount(min) ? min : 1, max: isCount(max) ? max : 1, fixed: undefined, scaling };
}

function checkTargets({ problems }: Application, scaling: LoadScalingProps): void {
  for (const key of ['cpu', 'memory'] as const) {
    const value = scaling[key];
    if (value !== undefined && !(isCount(value) && value >= 1 && value <= 100)) problems.add(`replicas.${key}`, value, 'a percentage of the request from 1 to 100 is allowed');
  }
  asList(problems, 'replicas.metrics', scaling.metrics).forEach((metric, index) => {
    if (!METRIC_TYPES.includes(metric?.type)) problems.add(`replicas.metrics[${index}].type`, metric?.type, `${sentenceList(METRIC_TYPES)} are allowed; 'cpu' and 'memory' have props of their own`);
  });
}

function checkTriggers({ problems }: Application, scaling: EventScalingProps, min: number): void {
  const triggers = asList(problems, 'replicas.triggers', scaling.triggers);
  if (Array.isArray(scaling.triggers) && triggers.length === 0) problems.add('replicas.triggers', triggers, 'at least one trigger is required');
  triggers.forEach((given, index) => {
    const prop = `replicas.triggers[${index}]`;
    const { type, metadata } = asObject(problems, prop, given, TRIGGER_KEYS);
    if (typeof type !== 'string') problems.add(`${prop}.type`, type, 'the name of a scaler is required, such as "rabbitmq"');
    for (const [key, value] of Object.entries(asObject(problems, `${prop}.metadata`, metadata))) {
      if (typeof value !== 'string') problems.add(`${prop}.metadata.${key}`, value, 'text is allowed; put it in quotes');
    }
  });
  if (min === 0 && triggers.length > 0 && triggers.every((trigger) => OWN_LOAD.includes(trigger?.type))) {
    problems.add('replicas.min', 0, 'cpu and memory cannot be seen at zero pods; add a trigger that can, or set min to 1');
  }
  for (const key of ['pollingInterval', 'cooldownPeriod'] as const) {
    const value = scaling[key];
    if (value !== undefined && !(isCount(value) && value >= 1)) problems.add(`replicas.${key}`, value, 'a whole number of seconds is allowed, at least 1');
  }
  if (scaling.cooldownPeriod !== undefined && min > 0) problems.add('replicas.cooldownPeriod', scaling.cooldownPeriod, 'it is the wait before zero pods, and min is above zero; remove it or set min to 0');
}
