import type { APPLICATION_ALERTS } from '../rules';
import { ASK, MEND, type Runbook } from './runbook';
import { REQUEST_RUNBOOKS } from './request-runbooks';

/** What to do about the alerts on applications, but for those on requests. */
const WORKLOAD_RUNBOOKS: Readonly<Record<Exclude<keyof typeof APPLICATION_ALERTS, keyof typeof REQUEST_RUNBOOKS>, Runbook>> = {
  NoReplicaAvailable: {
    meaning: 'Not one pod of the application is available. Whoever needs it is not served, now.',
    causes: ['A new version does not start or does not become ready.', 'All its pods crash: see PodCrashLooping.', 'A dependency without which it is not ready is down.', 'No node has room, or the quota is used up.'],
    look: [ASK.pods, ASK.events, ASK.logs, ASK.rollout, ASK.quota],
    mend: [MEND.undo, 'If pods are Pending, the events say what they wait for: room, a volume, a quota.', 'If they run and are not ready, the readiness probe fails: the logs say why.'],
  },
  ReplicasMismatch: {
    meaning: 'The application has fewer available pods than it asks for, and no new version is on its way. It still serves, with less capacity and less in reserve.',
    causes: ['Pods are Pending: no room on the nodes, or a volume that can only be mounted elsewhere.', 'Some pods crash or are not ready.', 'A node is down.', 'The quota of the namespace is used up.'],
    look: [ASK.pods, ASK.events, ASK.nodes, ASK.quota],
    mend: ['Make room: add nodes, raise the quota, or lower requests that are far above what is used.', 'If pods crash, follow PodCrashLooping.', 'If spreading over zones keeps a pod Pending, add a node in that zone or relax `spread`.'],
  },
  RolloutStuck: {
    meaning: 'A new version was brought in and does not come up. The old one goes on where it can; the change is not live.',
    causes: ['The new image can not be pulled.', 'The new version crashes, or never becomes ready.', 'A Secret or ConfigMap that it names is not there.', 'There is no room for the pod that is started before an old one is stopped.'],
    look: [['What is it waiting for?', 'kubectl rollout status -n "$NAMESPACE" "$KIND/$APPLICATION" --timeout=5s'], ASK.pods, ASK.events, ASK.logs, ASK.quota],
    mend: [MEND.undo, 'If a Secret is missing, make it: the pods start by themselves.', 'If an image is missing, check its tag and the pull secret.'],
  },
  AutoscalerAtMaximum: {
    meaning: 'The autoscaler has started as many pods as it may, and wants more or just as many. If the load grows, the application gets slower.',
    causes: ['More load than planned: a campaign, a crawler, a client that tries again and again.', 'Each request costs more than before, since a new version.', 'A dependency is slow, so that requests pile up.', 'The maximum is too low.'],
    look: [['What does the autoscaler see?', 'kubectl describe hpa -n "$NAMESPACE" "$APPLICATION"'], ASK.usage, ASK.rollout],
    mend: ['If the load is real, raise `replicas.max`, and the quota with it.', 'If it is not, stop it at the entrance: rate limits, or a block.', 'If a new version is dearer, go back and find out why.'],
  },
  DisruptionBudgetViolated: {
    meaning: 'Fewer pods are healthy than the disruption budget demands. Nothing is lost yet, but no node that runs one of its pods can be drained: upgrades of the cluster wait.',
    causes: ['Pods crash or are not ready.', 'A node is down, and its pods have found no other.', 'The budget demands more pods than there are.'],
    look: [['What does the budget say?', 'kubectl describe pdb -n "$NAMESPACE" "$APPLICATION"'], ASK.pods, ASK.events],
    mend: ['Bring the pods back: follow ReplicasMismatch or PodCrashLooping.', 'If the budget can never be met, allow one pod to be taken with `disruption`, or run one more.'],
  },
  PodCrashLooping: {
    meaning: 'A container starts, ends and is started again, with a longer wait each time. If every pod does so, nobody is served.',
    causes: ['A mistake in the configuration: a variable, a Secret or a file is missing or wrong.', 'A dependency is not there at the start.', 'It is killed for want of memory: see ContainerOutOfMemory.', 'The liveness probe kills it because it starts too slowly.'],
    look: [ASK.pods, ASK.previous, ASK.events, ['How did it end? 137 is killed, 143 told to stop, others are its own.', 'kubectl get pod -n "$NAMESPACE" "$POD" -o jsonpath=\'{.status.containerStatuses[*].lastState}\'']],
    mend: [MEND.undo, 'Put the configuration right; the pods roll by themselves.', 'If it needs longer to start, give it a `probes.startup` that waits.'],
  },
  ContainerOutOfMemory: {
    meaning: 'A container took more memory than its limit and was killed. What it was working on is lost; it was started anew.',
    causes: ['The limit is too low for the load.', 'The program leaks: its memory grows from start to end, whatever the load.', 'One request needs very much: a large upload, a report, a query without a limit.', 'The runtime does not know the limit: a JVM or Node without a heap size.'],
    look: [ASK.usage, ASK.previous, ['Does its memory grow steadily, or at once? Look at the memory panel of the dashboard over a week.', `kubectl get pods -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION" -o custom-columns='POD:.metadata.name,LIMIT:.spec.containers[*].resources.limits.memory'`]],
    mend: ['Raise `resources.limits.memory`, and the request with it.', 'Tell the runtime its heap size, three quarters of the limit.', 'If it leaks, go back to the version that did not; a restart helps for as long as the last one did.'],
  },
  TargetAbsent: {
    meaning: 'Prometheus finds no pod of the application to read metrics from. Alerts and panels that need its metrics are blind.',
    causes: ['No pod runs.', 'The labels of the pods, or the port of the metrics, were changed by hand.', 'Prometheus may not list the pods of the namespace.'],
    look: [ASK.pods, ['What does Prometheus find? Look for the job `<namespace>/<application>`.', 'kubectl port-forward -n "$MONITORING" svc/prometheus 9090 # then http://localhost:9090/service-discovery'], ['May it?', 'kubectl auth can-i list pods -n "$NAMESPACE" --as=system:serviceaccount:$MONITORING:prometheus']],
    mend: ['If no pod runs, follow NoReplicaAvailable.', 'Else bring the program and the cluster into agreement again: apply what it renders.'],
  },
  TargetDown: {
    meaning: 'A pod is there, and does not answer when Prometheus asks for its metrics.',
    causes: ['The program hangs or is overloaded.', 'It serves its metrics on another port or path since a new version.', 'A network policy does not let Prometheus in.', 'Its answer is none that Prometheus reads, or has too many series.'],
    look: [['What does Prometheus say of the target?', 'kubectl port-forward -n "$MONITORING" svc/prometheus 9090 # then http://localhost:9090/targets'], ['Does it answer?', 'kubectl port-forward -n "$NAMESPACE" "$POD" 8080:"$PORT" & curl -sS localhost:8080/metrics | head'], ['Who may reach it?', 'kubectl describe networkpolicy -n "$NAMESPACE" "$APPLICATION"']],
    mend: ['Put `metrics.port` and `metrics.path` right.', 'If the policy is in the way, set `metricsTraffic` to the namespace of Prometheus.', 'If the pod hangs, delete it; another takes its place.'],
  },
  MemoryNearLimit: {
    meaning: 'A container uses nearly all the memory that it may have. Beyond the limit it is killed.',
    causes: ['The load has grown.', 'The program leaks.', 'A cache in it has no bound.'],
    look: [ASK.usage, ['Since when? Look at the memory panel of the dashboard.', 'kubectl get pods -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION" -o wide']],
    mend: ['Raise `resources.limits.memory` before it is killed.', 'Bound its caches, or tell its runtime the limit.', 'If the load has grown, more pods may do: raise `replicas`.'],
  },
  CpuThrottled: {
    meaning: 'A container wanted more CPU than its limit lets it have, and was made to wait. Its answers come later for it. Nobody needs to be woken.',
    causes: ['The CPU limit is too low for peaks, even if the average is not.', 'The program runs more threads than it has cores.', 'The load has grown.'],
    look: [ASK.usage, ['What is the limit?', `kubectl get pods -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION" -o custom-columns='POD:.metadata.name,CPU:.spec.containers[*].resources.limits.cpu'`]],
    mend: ['Take the CPU limit away: the request alone gives it its share, and idle CPU is free.', 'Or raise it.', 'If its latency is well, leave it, or switch the alert off for this application.'],
  },
  JobFailed: {
    meaning: 'A task that runs to its end gave up after all its tries. What waits for it, such as a new version that needs the database migrated, does not start.',
    causes: ['The program failed: its logs say why.', 'It took longer than its deadline.', 'It was killed for want of memory.', 'A Secret, or the database, is not there.'],
    look: [['How did it end?', 'kubectl describe job -n "$NAMESPACE" "$JOB"'], ['What did it say?', 'kubectl logs -n "$NAMESPACE" "job/$JOB" --tail=100']],
    mend: ['Put right what its logs say, and deploy again: a changed task is a new job.', 'To run the same task again, delete the job and deploy.', 'The alert ends some hours after the start of the job, or when the job is deleted.'],
  },
  CronJobFailing: {
    meaning: 'The last run of a scheduled task ended without success, and none is under way.',
    causes: ['The program failed: its logs say why.', 'It took longer than its deadline.', 'It was killed for want of memory.', 'What it talks to was not there.'],
    look: [['How did the last runs end?', 'kubectl get jobs -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION" --sort-by=.metadata.creationTimestamp'], ['What did the last one say?', 'kubectl logs -n "$NAMESPACE" "job/$JOB" --tail=100']],
    mend: ['Put right what its logs say.', 'Run it now: `kubectl create job -n "$NAMESPACE" --from="cronjob/$APPLICATION" "$APPLICATION-now"`. A success by hand does not end the alert; the next run by schedule does.'],
  },
  CronJobMissed: {
    meaning: 'A scheduled task should have run, and was not started.',
    causes: ['The run before is still under way, and two at once are not allowed.', 'The quota is used up, so that no pod may be made.', 'The controller was away for longer than the starting deadline.', 'Somebody suspended it by hand.'],
    look: [['What does the schedule say?', 'kubectl describe cronjob -n "$NAMESPACE" "$APPLICATION"'], ['Is a run under way?', 'kubectl get jobs -n "$NAMESPACE" -l app.kubernetes.io/name="$APPLICATION"'], ASK.quota],
    mend: ['If a run hangs, delete its job, and give the task a shorter `deadline`.', 'Run it now, if the work can not wait: `kubectl create job -n "$NAMESPACE" --from="cronjob/$APPLICATION" "$APPLICATION-now"`.'],
  },
  VolumeAlmostFull: {
    meaning: 'A volume has hardly any room left. Once it is full, writes fail; a database stops, or worse.',
    causes: ['Data has grown, as VolumeFillingUp said.', 'Something writes without end: a log, a dump, temporary files.', 'What should be deleted is not.'],
    look: [['How full is it?', 'kubectl exec -n "$NAMESPACE" "$POD" -- df -h'], ['What takes the room?', 'kubectl exec -n "$NAMESPACE" "$POD" -- du -xhd2 "$MOUNT"'], ['May it grow?', 'kubectl get storageclass']],
    mend: ['Where the storage class allows it, make it larger: `kubectl patch pvc -n "$NAMESPACE" "$CLAIM" -p \'{"spec":{"resources":{"requests":{"storage":"<size>"}}}}\'`, then the size in the program.', 'Else delete what is not needed, with care.'],
  },
  VolumeFillingUp: {
    meaning: 'A volume has little room left, and at the pace of the last hours it is full within four days.',
    causes: ['Data grows as it should, and the volume was sized for less.', 'A burst: an import, a rebuild of an index. It may end by itself.', 'What should be deleted after a time is not.'],
    look: [['How full is it?', 'kubectl exec -n "$NAMESPACE" "$POD" -- df -h'], ['What takes the room?', 'kubectl exec -n "$NAMESPACE" "$POD" -- du -xhd2 "$MOUNT"']],
    mend: ['Make it larger in working hours; see VolumeAlmostFull.', 'Or keep data for a shorter time.'],
  },
};

/** What to do about the alerts on applications. */
export const APPLICATION_RUNBOOKS: Readonly<Record<keyof typeof APPLICATION_ALERTS, Runbook>> = { ...WORKLOAD_RUNBOOKS, ...REQUEST_RUNBOOKS };
