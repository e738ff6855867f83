import type { JsonObject } from '../core/json';
import { groupOf } from '../core/kinds';
import { templatePath } from '../core/pod-template';
import type { ClusterObject, DeployedObject } from './deployed-object';
import { objectAt } from '../core/paths';

/** The kinds that put new pods in the place of old ones when the template changes. */
const ROLLING = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** The pod template of an object; undefined where it runs no pods. */
export function podTemplate({ manifest }: ClusterObject): JsonObject | undefined {
  const path = templatePath(manifest);
  return path && objectAt(manifest, ...path);
}

/** Whether the object puts new pods in the place of old ones when its template changes. */
export const rollsPods = (object: DeployedObject): boolean => groupOf(object.apiVersion) === 'apps' && ROLLING.includes(object.kind);
