import type * as pulumi from '@pulumi/pulumi';
import { mergeOptions } from '@pulumi/pulumi';
import { isPlainObject, type JsonObject } from '../core/json';
import { checkArgs, type ChartResourcesArgs } from './args';
import type { DeployedObject } from './deployed-object';
import { orderObjects, type Graph } from './graph/order';
import { OutputFiller, type Filled } from './outputs';
import { readCharts } from './read-charts';
import { changeAnnotations } from './release/change';
import { ResourceOptions } from './resource-options';
import { Rollouts, withValue } from './rollout';
import { hideSecrets, isSecretObject } from './secrets';

/** A Kubernetes object as it will be registered. */
export interface PlannedObject {
  /** What it is in the cluster: `Deployment/shop/frontend`. */
  readonly identity: string;
  /** Its logical name. */
  readonly name: string;
  /** The object; Outputs may stand anywhere in it. */
  readonly manifest: JsonObject;
  /** Identities of what must be there before it. */
  readonly needs: readonly string[];
  /** Its options, without parent and what it waits for. */
  readonly options: pulumi.CustomResourceOptions;
}

/**
 * Works out everything about the charts' resources that can be worked out, and go wrong, before anything is registered.
 * @returns the objects, each after what it needs
 * @throws on every mistake in the charts and the arguments
 */
export function planCharts(args: ChartResourcesArgs): PlannedObject[] {
  checkArgs(args);
  const graph = orderObjects(readCharts(args.charts));
  const nameOf = (identity: string) => (args.resourcePrefix === undefined ? identity : `${args.resourcePrefix}-${identity}`);
  const filled = fillAll(graph, args);
  const options = new ResourceOptions(graph, args, nameOf);
  const rollouts = new Rollouts(filled, args.outputs ?? {}, args.digestKey);
  return graph.objects.map((object) => {
    const own = options.of(object);
    const theirs = args.optionsFor?.(object);
    const annotations = { ...options.awaiting.annotations(object), ...changeAnnotations(object, args.release) };
    return {
      identity: object.identity,
      name: nameOf(object.identity),
      manifest: rollouts.annotate(object, annotate(prepare(object, filled.get(object.identity)!), annotations)),
      needs: [...graph.needs(object)].map(({ identity }) => identity),
      options: theirs ? mergeOptions(own, theirs) : own,
    };
  });
}

/** @throws with every token that can't be filled */
function fillAll({ objects }: Graph, { outputs = {} }: ChartResourcesArgs): Map<string, Filled> {
  const filler = new OutputFiller(outputs);
  const filled = new Map(objects.map((object) => [object.identity, filler.fill(object)]));
  if (filler.problems.length > 0) throw new Error(filler.problems.join('\n  '));
  return filled;
}

function prepare(object: DeployedObject, { manifest, tokens }: Filled): JsonObject {
  // An Output may change while the name stays, and the API server would refuse to change what is immutable.
  const { immutable, ...mutable } = manifest;
  const changeable = tokens.length > 0 && immutable === true ? mutable : manifest;
  return isSecretObject(object) ? hideSecrets(changeable) : changeable;
}

function annotate(manifest: JsonObject, annotations: Readonly<Record<string, string>>): JsonObject {
  const { metadata } = manifest;
  const own = isPlainObject(metadata) && isPlainObject(metadata.annotations) ? metadata.annotations : {};
  return Object.entries(annotations).reduce((result, [key, value]) => (own[key] === undefined ? withValue(result, ['metadata', 'annotations', key], value) : result), manifest);
}
