import { oneLine, type ApiObject } from './api-objects';
import { finder, type Finding, type Surroundings } from './finding';
import type { RolloutLimits } from './limits';

interface Refusal {
  readonly says: RegExp;
  readonly problem: string;
  /** What may pass, and how long that may take; undefined for what never does. */
  readonly limit?: keyof RolloutLimits;
  readonly what: string;
  readonly next: (kubectl: string) => string;
}

const mendPods = () => 'mend the pods as the message says, or ask who runs the cluster';

/** Why the API server refuses to make a pod, by what it says; the first that fits counts. */
const REFUSALS: readonly Refusal[] = [
  { says: /exceeded quota/, problem: 'quota', limit: 'quota', what: 'the quota of the namespace is used up', next: (kubectl) => `${kubectl} describe resourcequotas` },
  { says: /failed quota: .*must specify/, problem: 'quota', what: 'the quota of the namespace wants requests or limits that the pods lack', next: (kubectl) => `${kubectl} describe resourcequotas` },
  { says: /violates PodSecurity/, problem: 'admission', what: 'the Pod Security level of the namespace forbids the pods', next: mendPods },
  { says: /failed calling webhook|failed to call webhook/, problem: 'webhook', limit: 'other', what: 'a webhook that must admit the pods does not answer', next: () => 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations' },
  { says: /denied (the )?request/, problem: 'admission', what: 'a policy of the cluster refuses the pods', next: mendPods },
  { says: /service ?account/i, problem: 'config', limit: 'config', what: 'the service account of the pods is missing', next: (kubectl) => `${kubectl} get serviceaccounts` },
  { says: /no PriorityClass/, problem: 'config', limit: 'config', what: 'the priority class of the pods is missing', next: () => 'kubectl get priorityclasses' },
  { says: /(minimum|maximum) .*(usage|ratio)/, problem: 'limits', what: 'a LimitRange of the namespace forbids the pods', next: (kubectl) => `${kubectl} describe limitranges` },
  { says: /is invalid/, problem: 'admission', what: 'the API server refuses the pods', next: mendPods },
];

const OTHER: Refusal = { says: /./, problem: 'create', limit: 'other', what: "pods can't be made", next: (kubectl) => `${kubectl} get events` };

/** What it means that pods can't be made. */
export function refusal(source: ApiObject, message: string, { limits, kubectl }: Surroundings): Finding {
  const { problem, limit, what, next } = REFUSALS.find(({ says }) => says.test(message)) ?? OTHER;
  return finder(source)(problem, limit === undefined ? 0 : limits[limit], `${what}: ${oneLine(message)}`, next(kubectl));
}
