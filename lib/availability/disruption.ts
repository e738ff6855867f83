import type { Application } from '../core/application';
import { compact } from '../core/json';
import type { Manifest } from '../core/manifest';
import { didYouMean } from '../core/suggest';
import type { Replicas } from './replicas';

/** How many pods may be away at once when nodes are drained. One of the two. */
export interface DisruptionProps {
  /** Most pods away: a number or a percentage. @default 1, or 10% from 20 pods on */
  readonly maxUnavailable?: number | string;
  /** Fewest pods left: a number or a percentage. @default not set */
  readonly minAvailable?: number | string;
}

/** From this many pods on, one at a time would make a drain endless. */
const LARGE = 20;
const PERCENT = /^(\d{1,2}|100)%$/;

const isAmount = (value: unknown) => (Number.isInteger(value) && (value as number) >= 0) || (typeof value === 'string' && PERCENT.test(value));
/** Pods that an amount stands for; Kubernetes rounds a percentage up. */
const pods = (amount: number | string, of: number) => (typeof amount === 'number' ? amount : Math.ceil((of * Number.parseInt(amount, 10)) / 100));

/** Makes the PodDisruptionBudget, where there is more than one pod to keep. */
export function makeDisruptionBudget(application: Application, own: DisruptionProps | false | undefined, replicas: Replicas): Manifest | undefined {
  const props = application.setting('disruption', own);
  if (props === false) return undefined;
  if (replicas.min < 2) {
    if (own !== undefined) application.problems.add('disruption', own, `a budget over ${replicas.min === 0 ? 'no pod' : 'one pod'} would block every drain or do nothing; run at least 2 pods, or remove it`);
    else application.decide('disruption', false, `with ${replicas.min} pod${replicas.min === 0 ? 's' : ''} a budget would block every drain`);
    return undefined;
  }
  const budget = props ?? { maxUnavailable: application.decide('disruption.maxUnavailable', replicas.max >= LARGE ? '10%' : 1, 'a drain takes few pods at once') };
  check(application, budget, replicas);
  return application.manifest('podDisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: compact({ minAvailable: budget.minAvailable, maxUnavailable: budget.maxUnavailable, selector: { matchLabels: { ...application.selector } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' }),
  });
}

function check(application: Application, budget: DisruptionProps, replicas: Replicas): void {
  const { problems } = application;
  problems.unknownKeys('disruption', budget, ['maxUnavailable', 'minAvailable'], didYouMean);
  const { maxUnavailable, minAvailable } = budget;
  if ((maxUnavailable === undefined) === (minAvailable === undefined)) return problems.add('disruption', budget, "exactly one of 'maxUnavailable' and 'minAvailable' is allowed");
  const amount = (maxUnavailable ?? minAvailable)!;
  const key = maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
  if (!isAmount(amount)) return problems.add(`disruption.${key}`, amount, 'a whole number or a percentage such as "25%" is allowed');
  const allowed = maxUnavailable === undefined ? replicas.min - pods(amount, replicas.min) : pods(amount, replicas.min);
  if (allowed < 1) problems.add(`disruption.${key}`, amount, `with ${replicas.min} pods it blocks every drain; leave at least one pod free to go`);
}
