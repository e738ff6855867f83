import type { Runbook } from './runbook';

const pods = (name: string): readonly [string, string] => ['How is it?', `kubectl get pods -n "$MONITORING" -l app.kubernetes.io/name=${name} -o wide`];
const logs = (name: string): readonly [string, string] => ['What does it say?', `kubectl logs -n "$MONITORING" -l app.kubernetes.io/name=${name} --tail=100`];
const PROMETHEUS = [pods('prometheus'), logs('prometheus')] as const;
const ALERTMANAGER = [pods('alertmanager'), logs('alertmanager')] as const;
const FLUENTD = [['How is it, on which nodes?', 'kubectl get pods -A -l app.kubernetes.io/name=fluentd -o wide'], ['What does it say?', 'kubectl logs -n "$NAMESPACE" "$POD" --tail=100']] as const;
const LOG_STORE = [pods('log-store'), logs('log-store')] as const;

/** What to do about the alerts on the monitoring itself. */
export const MONITORING_RUNBOOKS = {
  Watchdog: {
    meaning: "This alert is always on; that is its use. A dead man's switch outside the cluster hears of it every minute. If you were called because it stopped coming, the alerting itself is down: Prometheus, Alertmanager, or the way out of the cluster.",
    causes: ['The cluster, Prometheus or Alertmanager is down.', 'Alertmanager can not reach the outside: a network policy, a proxy, DNS.', "The address of the dead man's switch has changed."],
    look: [['Do they run?', 'kubectl get pods -n "$MONITORING" -o wide'], ...ALERTMANAGER],
    mend: ['Bring back what is down; until then nobody hears of any other alert, so look at the applications yourself.', 'If this alert came to you as a message, it goes to the wrong receiver: put `deadManSwitch` right.'],
  },
  MonitoringPodCrashLooping: {
    meaning: 'A part of the monitoring starts, ends and is started again. What it does is missing: metrics, alerts, dashboards or logs.',
    causes: ['It refuses its configuration.', 'It is killed for want of memory: the cluster, or the number of series, has grown.', 'Its volume is full or damaged.', 'A Secret that it needs has another key.'],
    look: [['How is it?', 'kubectl describe pod -n "$NAMESPACE" "$POD"'], ['What did it say before it ended?', 'kubectl logs -n "$NAMESPACE" "$POD" -c "$CONTAINER" --previous']],
    mend: ['Undo the last change of its configuration.', 'If it was killed (137), raise its memory limit.', 'If its volume is full, follow MonitoringVolumeFillingUp.'],
  },
  MonitoringVolumeFillingUp: {
    meaning: 'A volume of the monitoring has little room left. Once Prometheus can not write, it keeps no metrics and raises no alert.',
    causes: ['More series than the volume was sized for.', 'The retention by size is as large as the volume, with no room for what is being written.', 'Compactions fail: see PrometheusStorageFailing.'],
    look: [['How full is it?', 'kubectl exec -n "$MONITORING" prometheus-0 -- df -h /prometheus'], ['Which metrics have most series?', 'kubectl port-forward -n "$MONITORING" svc/prometheus 9090 # then http://localhost:9090/tsdb-status']],
    mend: ['Make the volume larger, or keep less: `prometheus.storage` and `prometheus.retention`.', 'Drop labels with many values, or metrics that nobody uses.'],
  },
  PrometheusReloadFailed: {
    meaning: 'Prometheus refused its new configuration and goes on with the old one. New applications and alerts are not watched, and it would not start again with what it has.',
    causes: ['A rule or a scrape that was added by hand is wrong.', 'A file that the configuration names is not mounted.'],
    look: [...PROMETHEUS, ['What is wrong with the configuration?', 'kubectl exec -n "$MONITORING" prometheus-0 -- promtool check config /etc/prometheus/prometheus.yml']],
    mend: ['Put the configuration right in the program and apply it; it is read again by itself.', 'Undo the last change, if you do not see the mistake at once.'],
  },
  PrometheusRulesFailing: {
    meaning: 'Rules of a group fail when they are evaluated. Their alerts can not fire.',
    causes: ['Several series match where one was expected.', 'The rule takes too long, or loads too many samples.', 'Prometheus is out of memory or disk.'],
    look: [['Which rule, and why?', 'kubectl port-forward -n "$MONITORING" svc/prometheus 9090 # then http://localhost:9090/rules'], ...PROMETHEUS],
    mend: ['Put the expression right: take a sum or a maximum by the labels that are meant.', 'If Prometheus is overloaded, give it more memory, or look for a metric with too many series at http://localhost:9090/tsdb-status.'],
  },
  PrometheusStorageFailing: {
    meaning: 'Prometheus can not compact its data. It takes more and more space, and may be damaged.',
    causes: ['The volume is full.', 'The disk has errors.', 'A crash left a block behind that is not whole.'],
    look: [['How full is the volume?', 'kubectl exec -n "$MONITORING" prometheus-0 -- df -h /prometheus'], ...PROMETHEUS],
    mend: ['Make the volume larger, or keep less: `retention`.', 'A block that the logs name as broken can be moved away; its two hours are lost.'],
  },
  PrometheusNotSendingAlerts: {
    meaning: 'Alerts do not get from Prometheus to an Alertmanager. Where that is the only one, nobody hears of anything.',
    causes: ['Alertmanager is down: see AlertmanagerDown.', 'A network policy or DNS is in the way.', 'Alertmanager is overloaded.'],
    look: [...PROMETHEUS, ...ALERTMANAGER],
    mend: ['Bring Alertmanager back.', 'Until then, look at the alerts in Prometheus: http://localhost:9090/alerts after `kubectl port-forward -n "$MONITORING" svc/prometheus 9090`.'],
  },
  PrometheusRemoteWriteFailing: {
    meaning: 'Samples are lost on their way to the store outside. What Prometheus holds itself is complete.',
    causes: ['The store refuses them: a limit, an expired credential, samples that are too old.', 'The way there is closed or too slow.'],
    look: [...PROMETHEUS],
    mend: ['Put right what the store answers; it stands in the logs.', 'If it is a limit, drop metrics that nobody uses before they are sent.'],
  },
  AlertmanagerDown: {
    meaning: 'No Alertmanager answers. No alert reaches anybody; this one is seen in Prometheus and Grafana alone.',
    causes: ['It refuses its configuration, or a Secret with a credential is not there, so that the pod does not start.', 'No node has room for it.'],
    look: [...ALERTMANAGER, ['What does it wait for?', 'kubectl describe pods -n "$MONITORING" -l app.kubernetes.io/name=alertmanager']],
    mend: ['Make the Secret that is missing; its name and keys stand in the events.', 'Undo the last change of the configuration.', 'Until then, look at the alerts in Prometheus.'],
  },
  AlertmanagerNotificationsFailing: {
    meaning: 'Notifications of one kind are not delivered. Who is told in that way alone does not hear of alerts.',
    causes: ['A credential has expired or was replaced.', 'The service is down, or limits the rate.', 'A channel, room or user is no longer there.', 'The way out of the cluster is closed.'],
    look: [...ALERTMANAGER],
    mend: ['Put the new credential into the Secret; it is read without a restart, a minute later.', 'Put the name of the channel right.', 'Route the alerts to another receiver meanwhile.'],
  },
  AlertmanagerClusterIncomplete: {
    meaning: 'An Alertmanager does not see the others. Notifications may come twice, and a silence may hold on one only.',
    causes: ['One of them does not run.', 'The mesh at port 9094, TCP and UDP, is closed by a network policy.'],
    look: [...ALERTMANAGER],
    mend: ['Bring back the one that is missing.', 'Allow the port between the pods.'],
  },
  FluentdDown: {
    meaning: 'No logs are collected. What the nodes rotate away meanwhile is lost.',
    causes: ['It refuses its configuration.', 'Its pods are not allowed: the namespace has lost its level `privileged`.', 'It is killed for want of memory.'],
    look: [...FLUENTD],
    mend: ['Undo the last change of its configuration.', 'Raise its memory limit.'],
  },
  FluentdBufferFillingUp: {
    meaning: 'Logs come in faster than the sink takes them, and the buffer on the node fills up. Once it is full, logs are lost.',
    causes: ['The sink is down, slow, or refuses: see FluentdRetrying.', 'An application writes far more than usual.'],
    look: [...FLUENTD, ['Who writes most? Look at the panel of log rates on the platform dashboard.', 'kubectl top pods -A --sort-by=cpu']],
    mend: ['Bring the sink back, or make it larger.', 'Silence the application that writes too much: its log level.'],
  },
  FluentdRetrying: {
    meaning: 'Handing over logs fails, and is tried again. Nothing is lost while the buffer has room.',
    causes: ['The sink does not answer.', 'A credential has expired.', 'The sink refuses single logs: a field of another type, too large a line.'],
    look: [...FLUENTD],
    mend: ['Put right what the sink answers; it stands in the logs.', 'What it refuses for good is dropped after the last try.'],
  },
  FluentdDroppingRecords: {
    meaning: 'FluentD reads lines that it can not handle, and drops them. They are not printed anywhere, as they could hold secrets.',
    causes: ['Lines in a form that the container runtime does not write: the runtime was changed.', 'A field that the sink refuses for good: of another type than before, or too large.', 'The lookup of their pods fails.'],
    look: [...FLUENTD, ['Since when? Look at the rates of logs on the platform dashboard.', 'kubectl get nodes -o wide']],
    mend: ['Let the application write the field as it did before, or drop it with `logs.drop`.', 'Where it began with a change of FluentD or of the nodes, undo that.'],
  },
  LogStoreDown: {
    meaning: 'The log store in the cluster does not answer: no logs can be read. FluentD keeps new ones on the nodes until its buffers are full.',
    causes: ['It was killed for want of memory.', 'Its volume is full, or can not be mounted.', 'Its node is gone.'],
    look: [...LOG_STORE],
    mend: ['Raise its memory limit (`logs.store.resources`).', 'Make its volume larger, or keep logs for less time (`logs.store`).'],
  },
  LogStoreRefusingLines: {
    meaning: 'Loki refuses lines, and they are lost. The label `reason` says why.',
    causes: ['`rate_limited`: more comes in than it takes; an application writes far more than usual.', '`too_far_behind` or `greater_than_max_sample_age`: lines that waited longer than logs are kept.', '`line_too_long`, or too many labels.'],
    look: [...LOG_STORE, ['Who writes most? Look at the panel of logs of each application.', 'kubectl top pods -A --sort-by=cpu']],
    mend: ['Silence the application that writes too much: its log level.', 'Where much is written for good reason, send it to a sink outside: `logs.sinks`.'],
  },
} as const satisfies Readonly<Record<string, Runbook>>;
