import { isObject, objectAt, type Props } from './values';
import type { ApiServer, KubeObject } from './api-server';

/** The manager under which the plugin creates objects; its first update moves all to its own. */
export const CREATOR = 'pulumi-kubernetes';

interface Entry extends Props {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
  readonly fieldsV1: Props;
}

/** Whose fields the plugin makes its own when it updates: those of its own creation, and those of kubectl. */
function isTakenOver({ manager, operation, subresource }: Entry): boolean {
  if (subresource !== undefined && subresource !== '') return false;
  if (operation === 'Apply') return manager.startsWith('kubectl');
  return ['kubectl', 'before-first-apply', CREATOR, 'pulumi-resource-kubernetes'].some((name) => manager.startsWith(name));
}

const entriesOf = (live: KubeObject): Entry[] => (live.metadata.managedFields ?? []) as Entry[];

/** Makes the manager the owner of what the plugin takes over. */
export async function takeOver(api: ApiServer, live: KubeObject, manager: string): Promise<KubeObject> {
  const entries = entriesOf(live);
  const own = entries.find((entry) => isOwn(entry, manager));
  const taken = entries.filter((entry) => !isOwn(entry, manager) && isTakenOver(entry));
  if (taken.length === 0) return live;
  const first = own ?? taken[0]!;
  const fieldsV1 = [first, ...taken].reduce<Props>((union, { fieldsV1: fields }) => unite(union, fields), {});
  const merged = { ...first, manager, operation: 'Apply', fieldsV1 };
  const value = [merged, ...entries.filter((entry) => entry !== own && !taken.includes(entry))];
  return api.patch(live, [
    { op: 'replace', path: '/metadata/managedFields', value },
    { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata.resourceVersion },
  ]);
}

const isOwn = ({ manager, operation }: Entry, name: string) => manager === name && operation === 'Apply';

function unite(a: Props, b: Props): Props {
  return { ...a, ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, isObject(a[key]) && isObject(value) ? unite(a[key], value) : value])) };
}

/** Whether somebody else owns the field at the path, and the manager does not. */
export function isOthers(live: KubeObject, path: readonly string[], manager: string): boolean {
  const owns = (entry: Entry) => {
    const steps = path.map((key) => `f:${key}`);
    return Object.hasOwn(objectAt(entry.fieldsV1, ...steps.slice(0, -1)), steps.at(-1)!);
  };
  const owners = entriesOf(live).filter(owns);
  return owners.length > 0 && !owners.some((entry) => entry.manager === manager);
}
