import { sentenceList } from '../../../core/suggest';
import { at, listAt, objectAt } from '../../../core/paths';
import { placesOf, selectionRestsOn, type Cluster, type Place } from '../cluster';
import type { Violation, StackPolicy } from '../definition';
import { selects, selectsAll } from '../selector';
import type { Subject } from '../subject';
import type { Path } from '../unknowns';

const DIRECTIONS = ['Ingress', 'Egress'] as const;
type Direction = (typeof DIRECTIONS)[number];

const SELECTOR = ['spec', 'podSelector'];
const POLICY = 'NetworkPolicy';
const selectorOf = ({ manifest }: Subject) => objectAt(manifest, ...SELECTOR);

/** Namespaces deny what no policy allows. */
export const defaultDeny: StackPolicy = {
  promise: 'Each namespace that the stack makes has a NetworkPolicy for all of its pods that denies what no other allows, both ways',
  reason: 'without one every pod in the cluster may talk to every other, and to the world',
  level: 'advisory',
  checkAll: (cluster) => (otherPolicies(cluster) ? [] : cluster.all('Namespace').flatMap((subject) => {
    const policies = cluster.in(subject.name, POLICY);
    const open = DIRECTIONS.filter((direction) => !policies.some((policy) => deniesAll(policy, direction)));
    return missing(subject, ['metadata', 'name'], open, 'make one with podSelector: {} and these policyTypes, and one for each workload that allows what it needs', restsOnPolicies(policies));
  })),
};

/** Pods are held by a policy. */
export const networkIsolation: StackPolicy = {
  promise: 'Pods are selected by NetworkPolicies for both directions: of their own, or of their namespace',
  reason: 'what no policy selects may talk to everyone and be reached by everyone',
  level: 'advisory',
  checkAll: (cluster) => (otherPolicies(cluster) ? [] : cluster.workloads.flatMap((workload) => {
    const { subject, pods } = workload;
    if (pods.spec.hostNetwork === true || cluster.find('Namespace', undefined, subject.namespace ?? '')) return [];
    const policies = cluster.in(subject.namespace, POLICY);
    const open = DIRECTIONS.filter((direction) => !policies.some((policy) => directionsOf(policy).includes(direction) && selects(selectorOf(policy), pods.labels)));
    const restsOn = [...selectionRestsOn(workload, policies, SELECTOR), ...restsOnPolicies(policies), ...placesOf(cluster.all('Namespace'), ['metadata', 'name']), { subject, path: [...pods.path, 'hostNetwork'] }];
    return missing(subject, pods.labelsPath, open, 'make one that selects the pods, or except it if the namespace, made elsewhere, has one for all', restsOn);
  })),
};

function missing(subject: Subject, path: Path, open: readonly Direction[], mend: string, restsOn: readonly Place[]): Violation[] {
  return open.length === 0 ? [] : [{ subject, path, got: `no NetworkPolicy for ${sentenceList(open)}`, mend, restsOn }];
}

const restsOnPolicies = (policies: readonly Subject[]): Place[] => placesOf(policies, SELECTOR, ['spec', 'policyTypes'], ['spec', 'ingress'], ['spec', 'egress']);

/** Policies of Cilium, Calico and cluster administrators say as much in other words. */
const otherPolicies = (cluster: Cluster): boolean => cluster.kinds.some((kind) => kind !== POLICY && /NetworkPolicy(\.|$)/.test(kind));

/** Without types a policy is about what comes in, and about what goes out where it has rules for that. */
function directionsOf({ manifest }: Subject): readonly unknown[] {
  const types = at(manifest, 'spec', 'policyTypes');
  if (Array.isArray(types)) return types;
  return listAt(manifest, 'spec', 'egress').length > 0 ? DIRECTIONS : ['Ingress'];
}

/** Whether it holds all pods of the namespace and does not let through everything: an empty rule would. */
function deniesAll(policy: Subject, direction: Direction): boolean {
  if (!directionsOf(policy).includes(direction) || !selectsAll(selectorOf(policy))) return false;
  return !listAt(policy.manifest, 'spec', direction.toLowerCase()).some((rule) => Object.keys(rule).length === 0);
}
