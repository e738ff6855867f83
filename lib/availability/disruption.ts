import type { Application } from '../core/application';
import { compact } from '../core/json';
import { asObject } from '../core/shape';
import { isAmount, podsOf } from './amount';
import type { Replicas } from './replicas';

/** How many pods may be away at once when nodes are drained. One of the two. */
export interface DisruptionProps {
  /** Most pods away: a number or a percentage. @default 1, or 10% from 20 pods on */
  readonly maxUnavailable?: number | string;
  /** Fewest pods left: a number or a percentage. @default not set */
  readonly minAvailable?: number | string;
}

const KEYS: Record<keyof DisruptionProps, true> = { maxUnavailable: true, minAvailable: true };
/** From this many pods on, one at a time would make a drain endless. */
const LARGE = 20;

/** Makes the PodDisruptionBudget, where there can be more than one pod to keep. */
export function makeDisruptionBudget(application: Application, own: DisruptionProps | false | undefined, replicas: Replicas): void {
  const { problems } = application;
  const props = application.setting('disruption', own);
  if (props === false) return;
  if (replicas.max < 2) {
    const pods = replicas.max === 0 ? 'no pod' : 'one pod';
    if (own === undefined) application.decide('disruption', false, `a budget over ${pods} would block every drain or do nothing`);
    else problems.add('disruption', own, `a budget over ${pods} would block every drain or do nothing; run at least 2 pods, or remove it`);
    return;
  }
  const given = props === undefined ? { maxUnavailable: application.decide('disruption.maxUnavailable', replicas.max >= LARGE ? '10%' : 1, 'a drain takes few pods at once') } : props;
  const { maxUnavailable, minAvailable } = asObject(problems, 'disruption', given, KEYS);
  check(application, given, replicas);
  application.manifest('podDisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: compact({ minAvailable, maxUnavailable, selector: { matchLabels: { ...application.selector } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' }),
  });
}

/** A drain must find a pod that may go when there are fewest; more pods never allow fewer to go. */
function check({ problems }: Application, budget: DisruptionProps, replicas: Replicas): void {
  if (typeof budget !== 'object' || budget === null) return;
  const { maxUnavailable, minAvailable } = budget;
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) return problems.add('disruption', budget, "exactly one of 'maxUnavailable' and 'minAvailable' is allowed");
  const [key, amount] = maxUnavailable === undefined ? (['minAvailable', minAvailable!] as const) : (['maxUnavailable', maxUnavailable] as const);
  if (!isAmount(amount, 100)) return problems.add(`disruption.${key}`, amount, 'a whole number or a percentage such as "25%" is allowed');
  const least = Math.max(replicas.min, 1);
  const allowed = key === 'minAvailable' ? least - podsOf(amount, least) : podsOf(amount, least);
  if (allowed < 1) problems.add(`disruption.${key}`, amount, `with ${least} pod${least === 1 ? '' : 's'} it blocks every drain; leave at least one pod free to go`);
}
