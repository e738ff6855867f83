import type { IConstruct } from 'constructs';
import type { ApplicationInfo } from '../../core/registry';

/** Where Google's programs stand: the second in clusters of GKE that manage them, the first where they were installed by hand. */
const NAMESPACES = ['gmp-system', 'gke-gmp-system'];

/** Where their configuration stands. */
export const PUBLIC_NAMESPACE = 'gmp-public';

/** Programs of Google by the value of their label `app.kubernetes.io/name`, as others know them. */
const programs = (scope: IConstruct, name: string): readonly ApplicationInfo[] =>
  NAMESPACES.map((namespace) => ({ scope, type: 'Foreign', name, namespace, selector: { 'app.kubernetes.io/name': name }, owner: undefined, ports: [], metrics: undefined, hosts: [] }));

/** What fetches metrics. */
export const collectors = (scope: IConstruct): readonly ApplicationInfo[] => programs(scope, 'collector');

/** What evaluates rules and sends alerts. */
export const ruleEvaluators = (scope: IConstruct): readonly ApplicationInfo[] => programs(scope, 'rule-evaluator');
