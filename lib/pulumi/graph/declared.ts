import type { IConstruct } from 'constructs';
import { Registry, type ApplicationInfo } from '../../core/registry';
import type { DeployedObject } from '../deployed-object';
import { podTemplate } from '../pod-template';
import type { Edges } from './edges';

/**
 * Adds the order that the charts declare: the dependencies of cdk8s (`addDependency`, our `after`), and that a ReleaseTask
 * runs when what it connects to is ready.
 */
export function addDeclared(objects: readonly DeployedObject[], edges: Edges): void {
  const below = objectsBelow(objects);
  for (const root of new Set(objects.map(({ construct }) => construct.node.root))) {
    for (const construct of root.node.findAll()) {
      const { dependencies } = construct.node;
      if (dependencies.length > 0) edges.addAll(below(construct), [...new Set(dependencies.flatMap(below))]);
    }
    addReleaseTasks(Registry.of(root), below, edges);
  }
}

function addReleaseTasks(registry: Registry, below: (construct: IConstruct) => readonly DeployedObject[], edges: Edges): void {
  for (const task of registry.applications.filter(isReleaseTask)) {
    const jobs = below(task.scope).filter(podTemplate);
    for (const { to } of registry.outgoing(task)) edges.addAll(jobs, below(to.scope));
  }
}

const isReleaseTask = ({ type }: ApplicationInfo) => type === 'ReleaseTask';

/** The objects of a construct and of everything below it. */
function objectsBelow(objects: readonly DeployedObject[]): (construct: IConstruct) => readonly DeployedObject[] {
  const own = new Map<IConstruct, DeployedObject[]>();
  for (const object of objects) own.set(object.construct, [...(own.get(object.construct) ?? []), object]);
  const known = new Map<IConstruct, readonly DeployedObject[]>();
  return (construct) => {
    let found = known.get(construct);
    if (!found) known.set(construct, (found = construct.node.findAll().flatMap((child) => own.get(child) ?? [])));
    return found;
  };
}
