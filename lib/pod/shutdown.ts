import type { Application } from '../core/application';
import { DURATION_FORM, parseSeconds, type DurationInput } from '../core/duration';
import { readObject, type Shapes } from '../core/forms';

/** How a pod stops without dropping what it has in hand. */
export interface ShutdownProps {
  /**
   * How long the process needs to finish its work once it was told to stop (SIGTERM).
   * @default 20 s
   */
  readonly drain?: DurationInput;
  /**
   * How long the pod keeps serving before it is told to stop, while load balancers and nodes take it off their lists.
   * @default 5 s where requests come in, 30 s behind a load balancer of the cloud that sends them to the pods itself (a Gateway of GKE, an Ingress of class `alb`), nothing elsewhere
   */
  readonly notice?: DurationInput;
  /**
   * When the pod is killed, counted from the beginning (`terminationGracePeriodSeconds`). More than notice and drain together.
   * @default notice + drain + 5 s
   */
  readonly grace?: DurationInput;
}

/** The times in seconds. */
export interface Shutdown {
  readonly notice: number;
  readonly grace: number;
}

const SHAPES: Shapes<ShutdownProps> = { drain: 'any', notice: 'any', grace: 'any' };
const DRAIN = 20;
/** New connections to a pod end within five seconds of its removal: measured with 100 connections a second over five rollouts. */
const NOTICE = 5;
const MARGIN = 5;

/**
 * Load balancers of the clouds learn of pods by an API: an old one gets requests for some ten seconds more, and on AWS a new
 * one gets none until it has passed two health checks, usually ten seconds apart.
 */
export const NOTICE_OF_CLOUD = 30;

/** Reads the `shutdown` prop. @param usual - seconds of notice where none are said */
export function readShutdown(application: Application, own: ShutdownProps | undefined, serves: boolean, usual = NOTICE): Shutdown {
  const props = readObject(application.problems, 'shutdown', application.setting('shutdown', own), SHAPES);
  const seconds = (key: keyof ShutdownProps) => readSeconds(application, `shutdown.${key}`, props[key], 0);
  const drain = seconds('drain') ?? DRAIN;
  // A default may hold for workloads that serve and for others; only the first have anyone to notify.
  const notice = serves ? (seconds('notice') ?? usual) : 0;
  if (!serves && own?.notice !== undefined) application.problems.add('shutdown.notice', props.notice, 'only a workload that takes requests has anyone to notify; remove it');
  const grace = seconds('grace') ?? application.decide('shutdown.grace', notice + drain + MARGIN, `${notice} s of notice, ${drain} s to finish, ${MARGIN} s to spare`);
  if (grace <= notice + drain) {
    application.problems.add('shutdown.grace', `${grace}s`, `more than notice (${notice} s) and drain (${drain} s) together is allowed, or the pod is killed while it works; raise 'grace' or lower 'drain'`);
  }
  return { notice, grace };
}

/** Reads a duration prop in whole seconds and reports one that is not. */
export function readSeconds(application: Application, prop: string, value: DurationInput | undefined, minimum: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = parseSeconds(value);
  if (seconds === undefined || !Number.isInteger(seconds)) {
    application.problems.add(prop, value, `${DURATION_FORM}, in whole seconds`);
    return undefined;
  }
  if (seconds < minimum) application.problems.add(prop, value, `at least ${minimum} s is allowed`);
  return seconds;
}
