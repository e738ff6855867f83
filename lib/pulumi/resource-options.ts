import type * as pulumi from '@pulumi/pulumi';
import { didYouMean } from '../core/suggest';
import { ApiVersions } from './api-versions';
import type { ChartResourcesArgs } from './args';
import { Autoscalers } from './autoscalers';
import { Awaiting } from './awaiting';
import type { DeployedObject } from './deployed-object';
import type { Graph } from './graph/order';
import { objectAt } from '../core/paths';
import { Protector } from './protection';
import { isSecretObject, SECRET_FIELDS } from './secrets';
import { Timeouts } from './timeouts';

/** What an annotation of cert-manager lets its injector fill in. */
const INJECTED = 'cert-manager.io/inject-ca-from';

/** Works out the resource options of each object. */
export class ResourceOptions {
  public readonly awaiting: Awaiting;
  private readonly autoscalers: Autoscalers;
  private readonly versions: ApiVersions;
  private readonly protector: Protector;
  private readonly timeouts: Timeouts;
  private readonly renamed: Readonly<Record<string, string>>;

  public constructor(graph: Graph, args: ChartResourcesArgs, private readonly nameOf: (identity: string) => string) {
    const { objects, needs } = graph;
    const { loadBalancer = true, protect = 'stateful', allowDeletion = [], retainVolumes = true, renamed = {} } = args;
    this.autoscalers = new Autoscalers(objects);
    this.awaiting = new Awaiting(graph, this.autoscalers, loadBalancer);
    this.versions = new ApiVersions(objects);
    this.protector = new Protector(objects, { protect, allowDeletion, retainVolumes });
    this.timeouts = new Timeouts(needs, (object) => this.awaiting.behind(object));
    this.renamed = renamed;
    checkRenamed(objects, renamed);
  }

  /** The options of one object, without parent and dependencies. */
  public of(object: DeployedObject): pulumi.CustomResourceOptions {
    const seconds = `${this.timeouts.of(object)}s`;
    const aliases = this.aliases(object);
    const ignoreChanges = this.ownedByOthers(object);
    return {
      protect: this.protector.protects(object),
      retainOnDelete: this.protector.retains(object),
      customTimeouts: { create: seconds, update: seconds },
      ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
      ...(isSecretObject(object) ? { additionalSecretOutputs: SECRET_FIELDS } : {}),
      ...(aliases.length > 0 ? { aliases } : {}),
    };
  }

  /** The fields that an autoscaler or controller owns; one that was set before keeps its value instead of being dropped. */
  private ownedByOthers(object: DeployedObject): string[] {
    const annotations = objectAt(object.manifest, 'metadata', 'annotations');
    return [
      ...(this.autoscalers.scales(object) ? ['spec.replicas'] : []),
      ...(annotations[INJECTED] !== undefined && object.kind.endsWith('WebhookConfiguration') ? ['webhooks[*].clientConfig.caBundle'] : []),
    ];
  }

  private aliases(object: DeployedObject): pulumi.Alias[] {
    const types = this.versions.otherTypes(object);
    const old = this.renamed[object.identity];
    const names = old === undefined ? [] : [this.nameOf(old)];
    return [...types.map((type) => ({ type })), ...names.flatMap((name) => [{ name }, ...types.map((type) => ({ name, type }))])];
  }
}

function checkRenamed(objects: readonly DeployedObject[], renamed: Readonly<Record<string, string>>): void {
  const identities = new Set(objects.map(({ identity }) => identity));
  const kindOf = (identity: string) => identity.split('/')[0];
  for (const [now, before] of Object.entries(renamed)) {
    const place = `renamed[${JSON.stringify(now)}]`;
    if (!identities.has(now)) throw new Error(`${place}: the charts have no such object${didYouMean(now, identities)}; give the new identity first, as the preview names it, and the old one as its value`);
    if (identities.has(before)) throw new Error(`${place}: got ${JSON.stringify(before)}, which the charts still have; rename only what is gone`);
    if (kindOf(now) !== kindOf(before)) throw new Error(`${place}: got ${JSON.stringify(before)}; an object of the same kind is allowed`);
  }
}
