import * as pulumi from '@pulumi/pulumi';
import { isPlainObject, type JsonObject } from '../core/json';
import { didYouMean } from '../core/suggest';
import { typeToken } from './api-versions';
import { checkArgs, type ChartResourcesArgs } from './args';
import type { DeployedObject } from './deployed-object';
import { orderObjects, type Graph } from './graph/order';
import { KubernetesObject } from './kubernetes-object';
import { OutputFiller, type Filled } from './outputs';
import { podTemplate } from './pod-template';
import { readCharts } from './read-charts';
import { ResourceOptions } from './resource-options';
import { Rollouts, withValue } from './rollout';
import { hideSecrets, isSecretObject } from './secrets';
import { watchRollouts, type WatchedObject } from './watch/watch-rollouts';

const TYPE = 'fairlead:pulumi:ChartResources';

/**
 * Deploys cdk8s charts: renders them in memory and registers a Pulumi resource for each object, named by what it is in the
 * cluster and ordered by what it needs, so that previews read like the YAML and what can go in parallel does.
 *
 * @example
 * ```ts
 * const provider = new kubernetes.Provider('cluster', { context: 'staging', enableConfigMapMutable: true, enableSecretMutable: true });
 * new ChartResources('shop', { charts: app, outputs: { 'database.address': database.address } }, { provider });
 * ```
 */
export class ChartResources extends pulumi.ComponentResource {
  /** The resources by the identity of their objects: `Deployment/shop/frontend`. */
  public readonly resources: ReadonlyMap<string, KubernetesObject>;

  public constructor(name: string, args: ChartResourcesArgs, options?: pulumi.ComponentResourceOptions) {
    const plan = explained(name, () => makePlan(args));
    super(TYPE, name, {}, options);
    if (!args.ambientCluster) explained(name, () => this.checkProvider());
    this.resources = this.register(plan, args);
    this.registerOutputs({ objects: [...this.resources.keys()] });
  }

  /**
   * The resource of one object, for what depends on it or wants its `status`.
   * @param identity - as the preview names it: `Ingress/shop/frontend`
   */
  public get(identity: string): KubernetesObject {
    const found = this.resources.get(identity);
    if (!found) throw new Error(`get: got ${JSON.stringify(identity)}, which the charts do not have${didYouMean(identity, this.resources.keys())}`);
    return found;
  }

  private checkProvider(): void {
    if (this.getProvider('kubernetes:core/v1:Namespace')) return;
    throw new Error("provider: got none, so the kubeconfig at hand would choose the cluster; pass a Kubernetes provider that names it (the option 'provider', here or on the parent), or set ambientCluster: true");
  }

  private register({ graph, filled, options, nameOf }: Plan, args: ChartResourcesArgs): ReadonlyMap<string, KubernetesObject> {
    const rollouts = new Rollouts(filled, args.outputs ?? {}, args.digestKey);
    const resources = new Map<string, KubernetesObject>();
    const watched: WatchedObject[] = [];
    for (const object of graph.objects) {
      const manifest = rollouts.annotate(object, annotate(prepare(object, filled.get(object.identity)!), options.awaiting.annotations(object)));
      const dependsOn = [...graph.needs(object)].map(({ identity }) => resources.get(identity)!);
      const own: pulumi.CustomResourceOptions = { ...options.of(object), parent: this, dependsOn };
      const theirs = args.optionsFor?.(object);
      const resource = new KubernetesObject(nameOf(object.identity), manifest as KubernetesManifest, theirs ? pulumi.mergeOptions(own, theirs) : own);
      resources.set(object.identity, resource);
      if (args.watch && podTemplate(object)) watched.push({ resource, manifest, after: dependsOn, urn: pulumi.createUrn(nameOf(object.identity), typeToken(object.apiVersion, object.kind), this) });
    }
    if (args.watch) watchRollouts(this, watched, args.watch);
    return resources;
  }
}

type KubernetesManifest = JsonObject & { readonly apiVersion: string; readonly kind: string };

/** Everything that can be worked out, and go wrong, before anything is registered. */
interface Plan {
  readonly graph: Graph;
  readonly filled: ReadonlyMap<string, Filled>;
  readonly options: ResourceOptions;
  readonly nameOf: (identity: string) => string;
}

function makePlan(args: ChartResourcesArgs): Plan {
  checkArgs(args);
  const graph = orderObjects(readCharts(args.charts));
  const nameOf = (identity: string) => (args.resourcePrefix === undefined ? identity : `${args.resourcePrefix}-${identity}`);
  return { graph, filled: fillAll(graph, args), options: new ResourceOptions(graph, args, nameOf), nameOf };
}

/** Puts the component's name before what went wrong. */
function explained<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`ChartResources '${name}': ${explainOutput((error as Error).message)}`, { cause: error });
  }
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

/** cdk8s names the class of what it can't render; its users know it as an Output. */
function explainOutput(message: string): string {
  return message.includes('OutputImpl') ? `${message}\n  an Output can't stand in a chart: put token(name) there, and give ChartResources the Output under that name` : message;
}
