import type { JsonObject } from '../../../core/json';
import { listAt, objectAt } from '../../../core/paths';
import { selectionRestsOn, type Workload } from '../cluster';
import type { StackPolicy, Violation } from '../definition';
import { lastingContainersOf } from '../pods';
import type { Subject } from '../subject';

const SELECTOR = ['spec', 'selector'];

/** Pods behind a Service say when they are ready. */
export const readinessProbe: StackPolicy = {
  promise: 'Pods that a Service selects have a readiness probe on the container that serves',
  reason: 'without one a pod gets requests from its start, before the program listens, and keeps getting them when it hangs',
  level: 'advisory',
  checkAll: (cluster) => cluster.all('Service').flatMap((service) => {
    const selector = objectAt(service.manifest, ...SELECTOR);
    const spec = objectAt(service.manifest, 'spec');
    const ports = listAt(spec, 'ports').filter(({ protocol }) => protocol !== 'UDP');
    if (Object.keys(selector).length === 0 || ports.length === 0 || spec.publishNotReadyAddresses === true) return [];
    return cluster.selected(service, { matchLabels: selector }).filter(({ subject }) => cluster.isScaled({ subject } as Workload) || subject.fullKind === 'DaemonSet').flatMap((workload) => unprobed(service, workload, ports));
  }),
};

function unprobed(service: Subject, workload: Workload, ports: readonly JsonObject[]): Violation[] {
  const { subject, pods } = workload;
  const lasting = lastingContainersOf(pods);
  const serving = lasting.filter(({ container }) => listAt(container, 'ports').some((own) => ports.some((port) => servedBy(port, own))));
  const judged = serving.length > 0 ? serving : lasting;
  if (judged.some(({ container }) => container.readinessProbe !== undefined)) return [];
  const [first] = judged;
  const path = first ? [...first.path, 'readinessProbe'] : [...pods.path, 'containers'];
  const restsOn = [...selectionRestsOn(workload, [service], SELECTOR), { subject: service, path: ['spec'] }, ...judged.flatMap((container) => ['ports', 'readinessProbe'].map((field) => ({ subject, path: [...container.path, field] }))), { subject, path: [...pods.path, 'containers'] }];
  return [{ subject, path, got: 'nothing', mend: `${service.identity} sends it requests; give the container '${String(first?.container.name)}' a probe that succeeds when it can serve`, restsOn }];
}

/** A Service's port leads to a container's by number or by name. */
const servedBy = ({ port, targetPort = port }: JsonObject, { containerPort, name }: JsonObject): boolean => targetPort === containerPort || targetPort === name;
