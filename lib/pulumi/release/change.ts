import { isPlainObject } from '../../core/json';
import { show } from '../../core/problems';
import { didYouMean } from '../../core/suggest';
import type { DeployedObject } from '../deployed-object';
import { rollsPods } from '../pod-template';

/** What is released, why and by whom. All of it is said by whoever releases; nothing is looked up. */
export interface Change {
  /** Why: `Faster checkout`. `kubectl rollout history` shows it. @default none */
  readonly cause?: string;
  /** The version that is released. @default none */
  readonly version?: string;
  /** The revision of the source, such as a commit of git. @default none */
  readonly revision?: string;
  /** Who releases. @default none */
  readonly by?: string;
}

/** The annotation for each part. The first is Kubernetes' own. */
const ANNOTATIONS: Record<keyof Change, string> = {
  cause: 'kubernetes.io/change-cause',
  version: 'fairlead.dev/release-version',
  revision: 'fairlead.dev/release-revision',
  by: 'fairlead.dev/released-by',
};

/** The names of the annotations. */
export const CHANGE_ANNOTATIONS: readonly string[] = Object.values(ANNOTATIONS);

/** Annotations of what rolls pods, on the object and not on its pods: so that they roll nothing. */
export function changeAnnotations(object: DeployedObject, change: Change = {}): Readonly<Record<string, string>> {
  if (!rollsPods(object)) return {};
  return Object.fromEntries(Object.entries(ANNOTATIONS).flatMap(([key, annotation]) => {
    const text = change[key as keyof Change];
    return text === undefined ? [] : [[annotation, text]];
  }));
}

/** @throws on what is no change, naming the prop */
export function checkChange(change: unknown, prop: string): void {
  if (change === undefined) return;
  const keys = Object.keys(ANNOTATIONS);
  if (!isPlainObject(change)) throw new Error(`${prop}: got ${show(change)}; an object with ${keys.join(', ')} is allowed`);
  for (const [key, value] of Object.entries(change)) {
    if (!keys.includes(key)) throw new Error(`${prop}.${key}: no such prop here${didYouMean(key, keys)}`);
    if (value !== undefined && (typeof value !== 'string' || value.trim() === '')) throw new Error(`${prop}.${key}: got ${show(value)}; text is allowed, or leave it out`);
  }
}
