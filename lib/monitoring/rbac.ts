import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JsonObject } from '../core/json';
import { Manifest } from '../core/manifest';

/** A service account that is given rights. */
export interface Subject {
  readonly name: string;
  readonly namespace: string;
}

const GROUP = 'rbac.authorization.k8s.io';
const VERSION = `${GROUP}/v1`;
const LABELS = { 'app.kubernetes.io/managed-by': 'fairlead' };
const subjectsOf = ({ name, namespace }: Subject): JsonObject[] => [{ kind: 'ServiceAccount', name, namespace }];

/** Lets it read. */
export const reading = (apiGroup: string, ...resources: readonly string[]): k8s.PolicyRule => ({ apiGroups: [apiGroup], resources: [...resources], verbs: ['get', 'list', 'watch'] });

/** The name of what it may do elsewhere: two environments in a cluster must not share one. */
const nameOf = ({ name, namespace }: Subject): string => `${namespace}-${name}`;

/** Gives rights in some namespaces, by a Role in each. */
export function grantIn(scope: Construct, subject: Subject, namespaces: readonly string[], rules: readonly k8s.PolicyRule[]): void {
  const name = nameOf(subject);
  for (const namespace of namespaces) {
    const metadata = { name, namespace, labels: LABELS };
    new Manifest(scope, `role-${namespace}`, { apiVersion: VERSION, kind: 'Role', metadata, rules });
    new Manifest(scope, `role-binding-${namespace}`, { apiVersion: VERSION, kind: 'RoleBinding', metadata, roleRef: { apiGroup: GROUP, kind: 'Role', name }, subjects: subjectsOf(subject) });
  }
}

/** Gives rights to what stands in no namespace. */
export function grantCluster(scope: Construct, subject: Subject, rules: readonly k8s.PolicyRule[]): void {
  const name = nameOf(subject);
  const metadata = { name, labels: LABELS };
  new Manifest(scope, 'cluster-role', { apiVersion: VERSION, kind: 'ClusterRole', metadata, rules });
  new Manifest(scope, 'cluster-role-binding', { apiVersion: VERSION, kind: 'ClusterRoleBinding', metadata, roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name }, subjects: subjectsOf(subject) });
}
