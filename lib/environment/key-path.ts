import { shorten } from './show';

/** Where a value lies below the namespace: keys of sections and indices of lists. */
export type KeyPath = readonly (string | number)[];

const SIMPLE = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/**
 * A key path as `pulumi config set --path` takes it:
 * `fairlead:frontend.hosts[0]`, and `fairlead:labels["app.kubernetes.io/name"]` for a key with dots.
 */
export function formatKeyPath(namespace: string, path: KeyPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (SIMPLE.test(step)) text += text === '' ? shorten(step) : `.${shorten(step)}`;
    else text += `[${JSON.stringify(shorten(step))}]`;
  }
  return `${namespace}:${text}`;
}

/** Whether the path is the other one or lies below it. */
export function isWithin(path: KeyPath, other: KeyPath): boolean {
  return other.length <= path.length && other.every((step, index) => step === path[index]);
}
