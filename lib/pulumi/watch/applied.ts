import { isPlainObject } from '../../core/json';
import { at, listAt } from '../../core/paths';
import type { ApiObject } from './api-objects';
import type { ClusterView } from './cluster-view';

/** The API server writes quantities in its own way. */
const QUANTITIES = ['resources', 'sizeLimit'];

/**
 * Whether the engine's operation on a workload has reached the cluster; until then its troubles are those of the release
 * before, which this one may be about to mend.
 * @param desired - the object as it was registered; Outputs in it are not looked into
 */
export function isApplied(live: ApiObject, desired: unknown, view: ClusterView): boolean {
  const before = view.atFirst(live);
  const changed = JSON.stringify(specOf(before)) !== JSON.stringify(specOf(live));
  return changed || contains(specOf(live), specOf(desired));
}

/** What pods are made from. */
const specOf = (object: unknown): unknown => at(object, 'spec', 'template') ?? at(object, 'spec');

/** Whether all that is desired is there; the API server adds defaults, and leaves out what is empty. */
function contains(live: unknown, desired: unknown): boolean {
  if (isNothing(desired)) return true;
  if (Array.isArray(desired)) return desired.every((item, index) => contains(counterpart(live, item, index), item));
  if (isPlainObject(desired)) return Object.entries(desired).every(([key, inner]) => QUANTITIES.includes(key) || contains(at(live, key), inner));
  // An Output: only the engine knows it.
  if (typeof desired === 'object') return true;
  return live === desired || String(live) === String(desired);
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0) || (isPlainObject(value) && Object.keys(value).length === 0);

/** Webhooks add containers and variables anywhere, so what has a name is found by it. */
function counterpart(live: unknown, item: unknown, index: number): unknown {
  const name = at(item, 'name');
  return typeof name === 'string' ? listAt(live).find((other) => other.name === name) : at(live, index);
}
