import { ASK, MEND, type Runbook } from './runbook';

const FAILING: Omit<Runbook, 'meaning'> = {
  causes: ['A new version has a mistake.', 'A dependency fails: a database, another service, a third party.', 'Too few pods for the load, or pods that crash.', 'A request of a new kind, such as a crawler\'s, for which it was not made.'],
  look: [['Which paths and which codes? Look at the dashboard: rate by code, errors, and where it began.', 'kubectl get pods -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION" -o wide'], ASK.logs, ASK.rollout],
  mend: [MEND.undo, 'If a dependency fails, go on with its alerts.', 'If it is the load, raise `replicas`, or limit the rate at the entrance.'],
};

const SLOW: Omit<Runbook, 'meaning'> = {
  causes: ['A dependency has become slow: a query without an index, a third party.', 'More load than its pods can take: see AutoscalerAtMaximum.', 'It is held back by its CPU limit: see CpuThrottled.', 'A new version does more for each request.'],
  look: [['Which paths, since when? Look at the dashboard: latency, CPU against its request, and where it began.', 'kubectl get pods -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION" -o wide'], ASK.usage, ASK.logs, ASK.rollout],
  mend: [MEND.undo, 'More pods help where CPU is short: raise `replicas`.', 'Take the CPU limit away where it holds it back.'],
};

/** What to do about the alerts on requests from outside. */
export const REQUEST_RUNBOOKS = {
  CertificateExpiring: {
    meaning: 'The certificate of a host expires soon. It should have been renewed by itself long before; once it has expired, browsers and clients refuse to connect.',
    causes: ['cert-manager can not prove that the host is yours: its DNS or the route of the challenge does not lead here.', 'The issuer refuses: a rate limit, an account that is not there.', 'The certificate is not one of cert-manager, and nobody has replaced it.'],
    look: [['What does cert-manager say?', 'kubectl describe certificate,certificaterequest,order,challenge -n "$NAMESPACE"'], ['Which certificate is served?', 'openssl s_client -connect "$HOST:443" -servername "$HOST" </dev/null 2>/dev/null | openssl x509 -noout -issuer -dates'], ['Is cert-manager well?', 'kubectl logs -n cert-manager deploy/cert-manager --tail=100']],
    mend: ['Put right what the challenge says; it is tried again by itself.', 'To try at once: `cmctl renew -n "$NAMESPACE" "$CERTIFICATE"`.', 'If the served certificate is newer than the alert says, the load balancer holds an old one.'],
  },
  RouteUnreachable: {
    meaning: 'The public address does not answer as it should, asked from within the cluster by the way that users take.',
    causes: ['The application is down: see NoReplicaAvailable.', 'The ingress controller or the gateway is down, or has lost its address.', 'The DNS name leads elsewhere.', 'The certificate is refused.'],
    look: [['Does it answer from where you are?', 'curl -sSvo /dev/null "https://$HOST/"'], ['Where does the name lead, and where does the route stand?', 'dig +short "$HOST"; kubectl get ingress,httproute -n "$NAMESPACE" -o wide'], ASK.pods, ['Is the entrance well?', 'kubectl get pods -A -l app.kubernetes.io/name=ingress-nginx']],
    mend: ['If the pods are down, begin there.', 'If the name leads elsewhere, put DNS right.', 'If it answers from outside and not from inside, allow the probe through: network policy, or a load balancer that its own nodes can not reach.'],
  },
  ErrorBudgetBurnFast: { meaning: 'So many requests fail that the promise for the whole window is broken within hours to a few days. Users notice.', ...FAILING },
  ErrorBudgetBurnSlow: { meaning: 'More requests fail than the promise allows for, steadily. If nothing changes it is broken before the window ends.', ...FAILING },
  LatencyBudgetBurnFast: { meaning: 'So many requests take longer than promised that the promise for the whole window is broken within hours to a few days. Users notice.', ...SLOW },
  LatencyBudgetBurnSlow: { meaning: 'More requests take longer than promised than the promise allows for, steadily. If nothing changes it is broken before the window ends.', ...SLOW },
} as const satisfies Readonly<Record<string, Runbook>>;
