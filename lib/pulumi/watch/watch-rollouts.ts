import * as pulumi from '@pulumi/pulumi';
import { groupOf } from '../../core/kinds';
import { identityOf } from '../deployed-object';
import { textAt } from '../../core/paths';
import { checkWatch, type WatchArgs } from './args';
import type { ClusterReader } from './cluster-reader';
import { EngineLog } from './engine-log';
import { KubeconfigReader } from './kubeconfig-reader';
import { Watcher, type OpenCluster, type Watched } from './watcher';

/** An object that was registered and that the engine may wait for. */
export interface WatchedObject {
  /** The resource. */
  readonly resource: pulumi.Resource;
  /** The object as it was registered; Outputs may stand in it. */
  readonly manifest: unknown;
  /** What the resource waits for. @default nothing */
  readonly after?: readonly pulumi.Resource[];
  /** URN of the resource, whose line shows the progress. @default that of the parent: the resource knows its own too late */
  readonly urn?: pulumi.Input<string>;
}

/** The kinds that run pods to an end, or keep them running, by API group. */
const WORKLOADS: Readonly<Record<string, readonly string[]>> = { apps: ['Deployment', 'StatefulSet', 'DaemonSet'], batch: ['Job'], '': ['Pod'] };

/**
 * Watches the cluster while the engine waits for workloads: shows how far they are, and when one can't go on, says why and
 * ends the update, which would otherwise wait its time out. Does nothing in a preview. When the cluster can't be read it
 * says so and lets the update be. `ChartResources` calls it for its own objects; call it for others.
 * @param parent - the component of the resources
 * @param objects - what was registered; kinds that run no pods are passed over
 * @param args - the cluster, and when a rollout counts as stuck
 * @param open - reads the cluster; by default with the kubeconfig that `args` name
 * @throws on args that are not allowed
 */
export function watchRollouts(parent: pulumi.Resource, objects: readonly WatchedObject[], args: WatchArgs, open: OpenCluster = openCluster): void {
  checkWatch(args);
  const watched = objects.flatMap(asWatched);
  if (watched.length > 0 && !pulumi.runtime.isDryRun()) new Watcher(watched, args, new EngineLog(parent), open);
}

function asWatched({ manifest, resource, after = [], urn }: WatchedObject): Watched[] {
  const [kind, name, namespace] = [textAt(manifest, 'kind'), textAt(manifest, 'metadata', 'name'), textAt(manifest, 'metadata', 'namespace')];
  if (kind === undefined || name === undefined || !WORKLOADS[groupOf(textAt(manifest, 'apiVersion') ?? '')]?.includes(kind)) return [];
  return [{ resource, after, urn, identity: identityOf(kind, namespace, name), kind, name, namespace, manifest }];
}

async function openCluster({ kubeconfig, context }: WatchArgs): Promise<ClusterReader> {
  const known = kubeconfig === undefined ? undefined : await new Promise<string>((resolve) => pulumi.output(kubeconfig).apply(resolve));
  return KubeconfigReader.open(known, context);
}
