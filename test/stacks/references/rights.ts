/** What bindings give to whom. */
import { labelOf, type Obj, type World } from './world';

interface Binding extends Obj {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly name: string; readonly namespace: string }[];
}

export function unresolvedByRights(world: World): string[] {
  return ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => world.all(kind) as readonly Binding[]).flatMap((binding) => {
    const { roleRef, subjects, metadata } = binding;
    const role = world.find(roleRef.kind, roleRef.kind === 'Role' ? metadata.namespace : undefined, roleRef.name);
    const unknown = subjects.filter(({ name, namespace }) => !world.find('ServiceAccount', namespace, name));
    return [...(role ? [] : [`no ${roleRef.kind} ${roleRef.name}`]), ...unknown.map(({ name }) => `no ServiceAccount ${name}`)].map((what) => `${labelOf(binding)}: ${what}`);
  });
}
