import { show } from '../../../core/problems';
import { listAt, textAt } from '../../../core/paths';
import type { ObjectPolicy } from '../definition';

const FIELDS = ['apiGroups', 'resources', 'verbs'];

/** Roles name what they allow. */
export const rbacWildcards: ObjectPolicy = {
  promise: "Roles name the API groups, resources and verbs that they allow instead of '*', and nobody is bound to cluster-admin",
  reason: 'a wildcard allows what nobody thought of, also what the next version of Kubernetes brings',
  level: 'mandatory',
  check: (subject) => {
    const { fullKind, manifest } = subject;
    if (fullKind === 'Role' || fullKind === 'ClusterRole') {
      return listAt(manifest, 'rules').flatMap((rule, index) => FIELDS.filter((field) => Array.isArray(rule[field]) && rule[field].includes('*')).map((field) => (
        { subject, path: ['rules', index, field], got: show(rule[field]), mend: "name each one that is needed instead of '*'" }
      )));
    }
    const binds = fullKind === 'RoleBinding' || fullKind === 'ClusterRoleBinding';
    return binds && textAt(manifest, 'roleRef', 'name') === 'cluster-admin' ? [{ subject, path: ['roleRef', 'name'], got: '"cluster-admin"', mend: 'bind a role that names what is needed' }] : [];
  },
};
