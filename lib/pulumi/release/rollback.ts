import * as pulumi from '@pulumi/pulumi';
import type { JsonObject } from '../../core/json';
import type { PlannedObject } from '../plan';
import { PlannedResources } from '../planned-resources';
import { packReleases } from './archive';
import { planOf, type RecordedCharts, type RecordedObject } from './recorded';
import { RELEASE_RECORD, RELEASES } from './release-record';
import { isJob, type ReleasesInState, type RollbackOptions } from './releases-in-state';
import { reveal, unseal } from './seal';
import { nameOfUrn, providersBehind, sealedValue, type StateResource } from './state';

/**
 * A Pulumi program that registers what a release has recorded, instead of what the source says: run it with `touchedBy`
 * as the only targets. The providers, and the components around, come from the state.
 * @returns the outputs of the stack at that release
 */
export function rollBack(found: ReleasesInState, { to, withJobs = false }: RollbackOptions): pulumi.Inputs {
  const release = found.releases[to]!;
  const scenery = new Scenery(found);
  const all = release.charts.map((charts) => {
    const there = new Map(found.childrenOf(charts.urn).map((resource) => [nameOfUrn(resource.urn), resource]));
    const objects = charts.objects.flatMap((object) => (isJob(object) && !withJobs ? untouched(object, there.get(object.name)) : [planOf(object)]));
    return register(charts, without(objects), scenery);
  });
  const there = all.flatMap(({ resources }) => [...resources.values()].map(({ id }) => id));
  // The releases after it are dropped: going back again goes further back.
  const releases = pulumi.all(there).apply(() => packReleases(found.releases.slice(to)));
  scenery.component(found.record.urn, (name, options) => new RestoredRecord(name, releases, options));
  return unseal(release.outputs) as pulumi.Inputs;
}

/** A Job as it is there, for one that is made or replaced would run; nothing where it is gone. */
function untouched(object: RecordedObject, there: StateResource | undefined): PlannedObject[] {
  if (there?.inputs === undefined) return [];
  return [{ ...planOf(object), manifest: unseal(sealedValue(there.inputs)) as JsonObject }];
}

/** The objects, none of which needs what is left out. */
function without(objects: readonly PlannedObject[]): PlannedObject[] {
  const left = new Set(objects.map(({ identity }) => identity));
  return objects.map((object) => ({ ...object, needs: object.needs.filter((needed) => left.has(needed)) }));
}

function register(charts: RecordedCharts, plan: readonly PlannedObject[], scenery: Scenery): PlannedResources {
  const provider = scenery.providerOf(charts);
  return scenery.component(charts.urn, (name, options) => new PlannedResources(name, plan, provider ? { ...options, provider } : options, { ambientCluster: provider === undefined }));
}

/** The record with the releases that are left. */
class RestoredRecord extends pulumi.ComponentResource {
  public constructor(name: string, releases: pulumi.Output<string>, options: pulumi.ComponentResourceOptions) {
    super(RELEASE_RECORD, name, {}, options);
    this.registerOutputs({ [RELEASES]: pulumi.secret(releases) });
  }
}

/** A component of any type, of which only its place matters. */
class Surrounding extends pulumi.ComponentResource {}

/** A provider of any kind, as the state has it. */
class RecordedProvider extends pulumi.ProviderResource {}

/** What stands around the objects: providers, and the components that are their parents. As the state has them. */
class Scenery {
  private readonly resources: ReadonlyMap<string, StateResource>;
  private readonly parents = new Map<string, pulumi.ComponentResource>();
  private readonly providers = new Map<string, pulumi.ProviderResource>();

  public constructor(private readonly found: ReleasesInState) {
    this.resources = new Map(found.state.resources.map((resource) => [resource.urn, resource]));
  }

  /** Makes a component at its place. */
  public component<T extends pulumi.ComponentResource>(urn: string, make: (name: string, options: pulumi.ComponentResourceOptions) => T): T {
    return make(nameOfUrn(urn), this.below(this.resources.get(urn)?.parent));
  }

  /**
   * The provider of a component's objects; none where that was Pulumi's own default.
   * @throws when it is not there any more, or some objects have another
   */
  public providerOf({ urn, provider }: RecordedCharts): pulumi.ProviderResource | undefined {
    const other = this.found.childrenOf(urn).find((resource) => provider !== undefined && !resource.provider?.startsWith(`${provider}::`));
    if (other !== undefined) throw new Error(`${other.urn}: its provider is not that of ${urn}, and the record does not say which object had which; deploy the source of that release instead`);
    if (provider === undefined) return undefined;
    const resource = this.resources.get(provider);
    if (resource === undefined) throw new Error(`${provider}: the state does not have this provider any more, which that release was deployed with; deploy its source instead`);
    return this.providers.get(provider) ?? this.makeProvider(resource);
  }

  private makeProvider(resource: StateResource): pulumi.ProviderResource {
    const { version, pluginDownloadURL, __internal: _, ...inputs } = sealedValue(resource.inputs ?? {}) as JsonObject;
    const options = { ...this.around(resource), ...versionOptions({ version, pluginDownloadURL }) };
    const provider = new RecordedProvider(resource.type.split(':').at(-1)!, nameOfUrn(resource.urn), unseal(inputs) as pulumi.Inputs, options);
    this.providers.set(resource.urn, provider);
    return provider;
  }

  /**
   * The place of what only stays as it is. The engine then keeps what it depends on as well, but writes a state without the
   * providers of that unless they are registered before: those of a cluster's network and node pools.
   */
  private around(resource: StateResource): { parent?: pulumi.ComponentResource; dependsOn: pulumi.Resource[] } {
    const providers = [...providersBehind(resource, this.resources)].flatMap((urn) => this.resources.get(urn) ?? []);
    return { ...this.below(resource.parent), dependsOn: providers.map((provider) => this.providers.get(provider.urn) ?? this.makeProvider(provider)) };
  }

  private below(parent: string | undefined): { parent?: pulumi.ComponentResource } {
    const resource = parent === undefined ? undefined : this.resources.get(parent);
    if (resource === undefined || resource.type === 'pulumi:pulumi:Stack') return {};
    const known = this.parents.get(resource.urn);
    const made = known ?? this.component(resource.urn, (name) => new Surrounding(resource.type, name, unseal(sealedValue(resource.inputs ?? {})) as pulumi.Inputs, this.around(resource)));
    this.parents.set(resource.urn, made);
    return { parent: made };
  }
}

const versionOptions = (options: JsonObject): pulumi.ResourceOptions => Object.fromEntries(Object.entries(reveal(options) as JsonObject).filter(([, value]) => typeof value === 'string'));
