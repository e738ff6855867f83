import type { PLATFORM_ALERTS } from '../rules';
import { MONITORING_RUNBOOKS } from './monitoring-runbooks';
import { ASK, type Runbook } from './runbook';

/** What to do about the alerts on the cluster. */
const CLUSTER_RUNBOOKS: Readonly<Record<Exclude<keyof typeof PLATFORM_ALERTS, keyof typeof MONITORING_RUNBOOKS>, Runbook>> = {
  NodeNotReady: {
    meaning: 'A node has not been ready for a quarter of an hour. Its pods are started elsewhere after five minutes, where there is room; those with a volume may wait for the node.',
    causes: ['The machine is gone or hangs.', 'The kubelet or the container runtime has stopped.', 'The node has no network, or no disk space.'],
    look: [['What does it say of itself?', 'kubectl describe node "$NODE"'], ASK.nodes, ['Which pods were on it?', 'kubectl get pods -A --field-selector spec.nodeName="$NODE"']],
    mend: ['On a cloud, delete the machine; its group makes another.', 'If it comes back by itself, find out why before the next time: its system log.', 'Pods with a volume are freed at once by `kubectl taint node "$NODE" node.kubernetes.io/out-of-service=nodeshutdown:NoExecute`, if the machine is surely off.'],
  },
  NodeUnderPressure: {
    meaning: 'A node runs short of memory, disk or process ids, and the kubelet evicts pods until there is enough again.',
    causes: ['Pods without a memory limit use more than they request.', 'Images and logs fill the disk.', 'A program starts processes without end.'],
    look: [['What is short?', 'kubectl describe node "$NODE"'], ['Who uses most?', 'kubectl top pods -A --sort-by=memory'], ['Who was evicted?', 'kubectl get pods -A --field-selector status.phase=Failed']],
    mend: ['Give the pods that use most a limit, and requests that fit.', 'Add a node, or larger ones.', 'If it is the disk, see NodeDiskFillingUp.'],
  },
  NodeDiskFillingUp: {
    meaning: 'A disk of a node has little room left. Soon no image can be pulled, and pods are evicted.',
    causes: ['Containers write into their own layer or into emptyDirs.', 'Many large images.', 'Logs that are not rotated, or buffers of FluentD because its sink does not take them.'],
    look: [['Who takes the room?', 'kubectl get --raw "/api/v1/nodes/$NODE/proxy/stats/summary"'], ['What does the node say?', 'kubectl describe node "$NODE"']],
    mend: ['Drain the node and replace it: `kubectl drain "$NODE" --ignore-daemonsets --delete-emptydir-data`.', 'Bound emptyDirs, and give what is kept a volume.', 'If it is FluentD\'s buffer, follow FluentdBufferFillingUp.'],
  },
  VolumeNotBound: {
    meaning: 'A claim has no volume, or has lost it. Pods that mount it wait.',
    causes: ['The storage class is not there, or is not the one that was meant.', 'The zone has no disks of that kind, or the quota of the cloud is used up.', 'The volume was deleted behind the claim.', 'No pod uses the claim, and its class waits for one.'],
    look: [['What does it wait for?', 'kubectl describe pvc -n "$NAMESPACE" "$CLAIM"'], ['Which classes are there?', 'kubectl get storageclass'], ['Is the driver well?', 'kubectl get pods -n kube-system']],
    mend: ['Name a storage class that there is.', 'If the claim is lost, its data is where your backups are: make a new claim and restore.', 'If nothing uses it, delete it.'],
  },
  QuotaNearlyUsed: {
    meaning: 'A namespace has used nearly all of something that its quota allows. At the limit no further pod is let in, so that an update that starts a pod before it stops one can not go on.',
    causes: ['More pods than planned, by autoscaling or a new application.', 'Requests far above what is used.', 'Finished jobs, or preview environments, that nobody removed.'],
    look: [['What is used, and of what?', 'kubectl describe quota -n "$NAMESPACE"'], ['Who takes it?', 'kubectl top pods -n "$NAMESPACE" --sort-by=cpu']],
    mend: ['Raise the `quota` of the environment.', 'Lower requests that are far above use.', 'Remove what is not needed.'],
  },
  KubeStateMetricsDown: {
    meaning: 'Prometheus reads nothing of the state of workloads. Most alerts on applications can not fire.',
    causes: ['It does not run, or was killed for want of memory in a large cluster.', 'It may not list what it watches.', 'A network policy keeps Prometheus out.'],
    look: [['How is it?', 'kubectl get pods -n "$MONITORING" -l app.kubernetes.io/name=kube-state-metrics -o wide'], ['What does it say?', 'kubectl logs -n "$MONITORING" -l app.kubernetes.io/name=kube-state-metrics --tail=100']],
    mend: ['If it was killed, raise its memory limit.', 'If it is forbidden something, apply its roles again.'],
  },
  KubeletDown: {
    meaning: 'Prometheus reads metrics from no kubelet. Containers and volumes are not watched; the nodes themselves may be well.',
    causes: ['The addresses of the nodes are not those that the network policy of Prometheus allows.', 'Its service account may no longer read `nodes/metrics`.', 'The kubelets\' port is closed by a firewall.'],
    look: [['What does Prometheus say of the targets?', 'kubectl port-forward -n "$MONITORING" svc/prometheus 9090 # then http://localhost:9090/targets'], ['May it?', 'kubectl auth can-i get nodes/metrics --as=system:serviceaccount:$MONITORING:prometheus'], ASK.nodes],
    mend: ['Put the nodes\' address range right in the `network` of the monitoring.', 'Apply the roles again.'],
  },
  ApiServerDown: {
    meaning: 'The API server does not answer Prometheus. Pods go on; nothing can be changed, scaled or healed.',
    causes: ['It is down, or being upgraded.', 'It is overloaded: a client lists everything again and again.', 'The address that the network policy allows is not its own.'],
    look: [['Does it answer you?', 'kubectl get --raw /readyz?verbose'], ['What does the cloud say of the control plane?', 'kubectl cluster-info']],
    mend: ['On a managed cluster, look at its status page and open a case.', 'Else look at the API server\'s and etcd\'s logs on their machines.', 'If it answers you and not Prometheus, put its address right in the `network` of the monitoring.'],
  },
  ApiServerErrors: {
    meaning: 'Many requests to the API server fail. Deployments, autoscaling and healing are slow or stand still.',
    causes: ['etcd is slow or out of space.', 'An admission webhook does not answer.', 'An extension such as metrics-server is down.', 'It is overloaded.'],
    look: [['What is not well?', 'kubectl get --raw /readyz?verbose'], ['Which extensions are unavailable?', 'kubectl get apiservices | grep -v True'], ['Which webhooks are asked?', 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations']],
    mend: ['Bring back the webhook or extension that does not answer, or remove its registration.', 'If it is overloaded, find the client in the audit log and stop it.'],
  },
  CertificateNotRenewed: {
    meaning: 'A certificate that cert-manager looks after expires soon and has not been renewed. Once it has expired, whoever is shown it refuses to connect: browsers, or other services where it is one between services.',
    causes: ['The issuer can not prove that the host is yours: its DNS or the route of the challenge does not lead here.', 'The issuer refuses: a rate limit, an account or a credential that is no longer good.', 'The issuer that it names is gone.', 'The application is gone and its certificate was left behind.'],
    look: [['What does cert-manager say?', 'kubectl describe certificate -n "$NAMESPACE" "$NAME"'], ['How far is the renewal?', 'kubectl get certificaterequest,order,challenge -n "$NAMESPACE"'], ['Are the issuers well?', 'kubectl get issuer,clusterissuer -A']],
    mend: ['Put right what the challenge or the issuer says; it is tried again by itself.', 'To try at once: `cmctl renew -n "$NAMESPACE" "$NAME"`.', 'If nothing uses it any longer, delete the certificate and its Secret.'],
  },
  CertManagerDown: {
    meaning: 'Prometheus reads nothing from cert-manager. No certificate is issued or renewed until it is back; those that there are stay good until they expire.',
    causes: ['Its controller does not run, or crashes.', 'It stands in another namespace than the one that `exporters.certManager` names.', 'A network policy keeps Prometheus out of its port 9402.'],
    look: [['How is it?', 'kubectl get pods -A -l app.kubernetes.io/name=cert-manager -o wide'], ['What does it say?', 'kubectl logs -n cert-manager deploy/cert-manager --tail=100']],
    mend: ['Bring it back: undo its last change, or give it the memory that it lacks.', 'Name its namespace in `exporters.certManager`, or `false` where there is none.'],
  },
};

/** What to do about the alerts on the cluster and on the monitoring. */
export const PLATFORM_RUNBOOKS: Readonly<Record<keyof typeof PLATFORM_ALERTS, Runbook>> = { ...CLUSTER_RUNBOOKS, ...MONITORING_RUNBOOKS };
