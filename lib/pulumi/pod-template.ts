import { isPlainObject, type JsonObject } from '../core/json';
import { groupOf } from '../core/kinds';
import type { DeployedObject } from './deployed-object';
import { at } from './paths';

/** Where the kinds that run pods keep the template of a pod. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};
const GROUPS = ['', 'apps', 'batch'];
/** The kinds that put new pods in the place of old ones when the template changes. */
const ROLLING = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** The path of the pod template in an object; undefined where the object runs no pods. */
export function templatePath({ apiVersion, kind }: Pick<DeployedObject, 'apiVersion' | 'kind'>): readonly string[] | undefined {
  return GROUPS.includes(groupOf(apiVersion)) && Object.hasOwn(TEMPLATES, kind) ? TEMPLATES[kind] : undefined;
}

/** The pod template of an object; undefined where it runs no pods. */
export function podTemplate(object: DeployedObject): JsonObject | undefined {
  const path = templatePath(object);
  const template = path && at(object.manifest, ...path);
  return isPlainObject(template) ? template : undefined;
}

/** Whether the object puts new pods in the place of old ones when its template changes. */
export const rollsPods = (object: DeployedObject): boolean => groupOf(object.apiVersion) === 'apps' && ROLLING.includes(object.kind);
