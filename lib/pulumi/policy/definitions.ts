import { defaultDeny, networkIsolation } from './checks/isolation';
import { disruptionBudget } from './checks/disruption-budget';
import { drainable } from './checks/drainable';
import { exposedServices } from './checks/exposed-services';
import { helmRelease } from './checks/helm-release';
import { hostAccess, restrictedPods } from './checks/pod-security';
import { imageReference } from './checks/image-reference';
import { ingressTls } from './checks/ingress-tls';
import { namespaceSecurity } from './checks/namespace-security';
import { plainSecrets } from './checks/plain-secrets';
import { rbacSecrets } from './checks/rbac-secrets';
import { rbacWildcards } from './checks/rbac-wildcards';
import { readinessProbe } from './checks/readiness-probe';
import { replicas } from './checks/replicas';
import { resources } from './checks/resources';
import { serviceAccountToken } from './checks/service-account-token';
import { spread } from './checks/spread';
import { clusterAccess, clusterControlPlane, clusterDeletion, clusterEncryption, clusterLogs, clusterNodes } from './clouds/policies';
import type { Definition } from './definition';

/** The policies by their names, security first. */
export const DEFINITIONS = {
  'host-access': hostAccess,
  'restricted-pods': restrictedPods,
  'namespace-security': namespaceSecurity,
  'service-account-token': serviceAccountToken,
  'rbac-wildcards': rbacWildcards,
  'rbac-secrets': rbacSecrets,
  'plain-secrets': plainSecrets,
  'image-reference': imageReference,
  'default-deny': defaultDeny,
  'network-isolation': networkIsolation,
  'exposed-services': exposedServices,
  'ingress-tls': ingressTls,
  'readiness-probe': readinessProbe,
  resources,
  replicas,
  spread,
  'disruption-budget': disruptionBudget,
  drainable,
  'helm-release': helmRelease,
  'cluster-control-plane': clusterControlPlane,
  'cluster-access': clusterAccess,
  'cluster-encryption': clusterEncryption,
  'cluster-nodes': clusterNodes,
  'cluster-logs': clusterLogs,
  'cluster-deletion': clusterDeletion,
} as const satisfies Readonly<Record<string, Definition>>;

/** Name of a policy. */
export type PolicyName = keyof typeof DEFINITIONS;

/** The names of the policies. */
export const POLICY_NAMES = Object.keys(DEFINITIONS) as readonly PolicyName[];
