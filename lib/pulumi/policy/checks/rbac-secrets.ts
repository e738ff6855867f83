import { sentenceList } from '../../../core/suggest';
import type { JsonObject } from '../../../core/json';
import { show } from '../../../core/problems';
import { listAt, textAt } from '../../../core/paths';
import type { StackPolicy, Violation } from '../definition';
import type { Cluster } from '../cluster';
import type { Subject } from '../subject';

const READS = ['get', 'list', 'watch', '*'];
/** Roles of Kubernetes that read Secrets. */
const BUILT_IN = ['admin', 'edit'];

/** Nobody reads the Secrets of the whole cluster. */
export const rbacSecrets: StackPolicy = {
  promise: 'No ClusterRoleBinding lets anyone read all Secrets of the cluster',
  reason: 'the Secrets of all namespaces hold the tokens and passwords of everyone, so that reading them is as good as being cluster-admin',
  level: 'mandatory',
  checkAll: (cluster) => cluster.all('ClusterRoleBinding').flatMap((binding) => {
    const role = textAt(binding.manifest, 'roleRef', 'name');
    if (role !== undefined && BUILT_IN.includes(role)) return [{ subject: binding, path: ['roleRef', 'name'], got: show(role), mend: 'it reads all Secrets; bind it by a RoleBinding in the namespaces that need it' }];
    return role === undefined ? [] : rulesOf(cluster, binding, role);
  }),
};

function rulesOf(cluster: Cluster, binding: Subject, role: string): Violation[] {
  const subject = cluster.find('ClusterRole', undefined, role);
  const rules = subject ? listAt(subject.manifest, 'rules') : [];
  return rules.flatMap((rule, index) => (subject && readsSecrets(rule) ? [{
    subject,
    path: ['rules', index],
    got: `${sentenceList(textsIn(rule, 'verbs'))} of Secrets, bound by ${binding.identity}`,
    mend: 'bind it by a RoleBinding in the namespaces that need it, or name the Secrets in resourceNames',
    restsOn: [{ subject: binding, path: ['roleRef'] }, { subject, path: ['metadata', 'name'] }],
  }] : []));
}

const textsIn = (rule: JsonObject, field: string): string[] => (Array.isArray(rule[field]) ? rule[field].filter((value) => typeof value === 'string') : []);

function readsSecrets(rule: JsonObject): boolean {
  const has = (field: string, ...values: readonly string[]) => textsIn(rule, field).some((value) => values.includes(value));
  return has('apiGroups', '', '*') && has('resources', 'secrets', '*') && has('verbs', ...READS) && textsIn(rule, 'resourceNames').length === 0;
}
