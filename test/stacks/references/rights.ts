/** Who is given which rights. */
import { labelOf, type Obj, type World } from './world';

interface Binding extends Obj {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[];
}

export function unresolvedByRights(world: World): string[] {
  const bindings = [...world.all('RoleBinding'), ...world.all('ClusterRoleBinding')] as unknown as readonly Binding[];
  return bindings.flatMap((binding) => inBinding(world, binding).map((what) => `${labelOf(binding)}: ${what}`));
}

function inBinding(world: World, { metadata, roleRef, subjects }: Binding): string[] {
  return [
    ...(world.find(roleRef.kind, roleRef.kind === 'ClusterRole' ? undefined : metadata.namespace, roleRef.name) ? [] : [`no ${roleRef.kind} ${roleRef.name}`]),
    ...subjects.filter(({ kind, name, namespace }) => !world.find(kind, namespace, name)).map(({ kind, name }) => `no ${kind} ${name}`),
  ];
}
