/** What to do about an alert. */
export interface Runbook {
  /** What the alert means, and for whom. */
  readonly meaning: string;
  /** What is usually behind it, the likeliest first. */
  readonly causes: readonly string[];
  /** What to look at: a question, and the command that answers it. */
  readonly look: readonly (readonly [question: string, command: string])[];
  /** How to put it right. */
  readonly mend: readonly string[];
}

const SELECTOR = '-n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION"';

/** Questions that many runbooks ask of an application. */
export const ASK = {
  pods: ['How are its pods?', `kubectl get pods ${SELECTOR} -o wide`],
  events: ['What happened to them?', `kubectl describe pods ${SELECTOR}`],
  logs: ['What did it say?', `kubectl logs ${SELECTOR} --all-containers --tail=100`],
  previous: ['What did it say before it ended?', 'kubectl logs -n "$NAMESPACE" "$POD" -c "$CONTAINER" --previous'],
  rollout: ['Which versions were brought in, and when?', 'kubectl rollout history -n "$NAMESPACE" "$KIND/$APPLICATION"'],
  usage: ['What do its containers use?', `kubectl top pods ${SELECTOR} --containers`],
  nodes: ['How are the nodes?', 'kubectl get nodes -o wide'],
  quota: ['Is the quota used up?', 'kubectl describe quota -n "$NAMESPACE"'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** Ways to mend that many runbooks name. */
export const MEND = {
  undo: 'If it began with a new version, go back: `kubectl rollout undo -n "$NAMESPACE" "$KIND/$APPLICATION"`, then in the program.',
} as const;
