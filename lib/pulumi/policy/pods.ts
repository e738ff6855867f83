import { isPlainObject, type JsonObject } from '../../core/json';
import { templatePath } from '../../core/pod-template';
import { at, objectAt } from '../../core/paths';
import { podTemplate } from '../pod-template';
import type { Subject } from './subject';
import type { Path } from './unknowns';

/** The pods that an object is or makes. */
export interface Pods {
  readonly spec: JsonObject;
  /** Path of the spec in the object. */
  readonly path: Path;
  readonly labels: JsonObject;
  /** Path of the labels in the object. */
  readonly labelsPath: Path;
  readonly annotations: JsonObject;
}

/** A container and where it stands. */
export interface PlacedContainer {
  readonly container: JsonObject;
  readonly path: Path;
}

/** The pods of an object; undefined where it has none. */
export function podsOf(subject: Subject): Pods | undefined {
  const template = podTemplate(subject);
  if (!template) return undefined;
  const path = templatePath(subject.manifest)!;
  return { spec: objectAt(template, 'spec'), path: [...path, 'spec'], labels: objectAt(template, 'metadata', 'labels'), labelsPath: [...path, 'metadata', 'labels'], annotations: objectAt(template, 'metadata', 'annotations') };
}

/** The containers of the pods, those that only start up included. */
export const containersOf = (pods: Pods): PlacedContainer[] => ['initContainers', 'containers'].flatMap((list) => placed(pods, list));

/** The containers that run as long as the pod: the main ones, and those beside them that start first. */
export function lastingContainersOf(pods: Pods): PlacedContainer[] {
  return [...placed(pods, 'initContainers').filter(({ container }) => container.restartPolicy === 'Always'), ...placed(pods, 'containers')];
}

function placed({ spec, path }: Pods, list: string): PlacedContainer[] {
  const containers = at(spec, list);
  return Array.isArray(containers) ? containers.map((container: unknown, index) => ({ container: isPlainObject(container) ? container : {}, path: [...path, list, index] })) : [];
}
