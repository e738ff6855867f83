import * as pulumi from '@pulumi/pulumi';
import type { JsonObject } from '../../core/json';
import type { ChartResources } from '../chart-resources';
import { addRelease, packReleases, unpackReleases } from './archive';
import { recordObject, type RecordedCharts, type RecordedObject, type ReleaseInfo } from './recorded';
import { seal } from './seal';

/** The type of the component, by which a state knows it. */
export const RELEASE_RECORD = 'fairlead:pulumi:ReleaseRecord';
/** The output of the component that holds the releases. */
export const RELEASES = 'releases';

/** What {@link ReleaseRecord} keeps. */
export interface ReleaseRecordArgs {
  /** What is released: every `ChartResources` of the stack that a rollback shall cover. */
  readonly charts: readonly ChartResources[];
  /** What the release says of itself. @default nothing */
  readonly info?: ReleaseInfo;
  /** The outputs of the stack, which a rollback restores. @default none */
  readonly outputs?: pulumi.Inputs;
}

/**
 * Keeps in the state, encrypted, what the last releases that completed were made of, so that a rollback needs neither the
 * source nor the configuration of then. It is written when every object is there; an `up` that fails leaves the record of
 * the one before.
 */
export class ReleaseRecord extends pulumi.ComponentResource {
  public constructor(name: string, { charts, info = {}, outputs = {} }: ReleaseRecordArgs, options?: pulumi.ComponentResourceOptions) {
    super(RELEASE_RECORD, name, {}, options);
    const objects = charts.flatMap(({ plan }) => plan.map(recordObject));
    const there = charts.flatMap(({ resources }) => [...resources.values()].map(({ id }) => id));
    const places = charts.map((resources) => ({ urn: resources.urn, provider: resources.kubernetesProvider()?.urn }));
    // Only what was not known goes through Outputs, which walk through all that they hold.
    const later = objects.map(({ manifest }) => (pulumi.Output.isInstance(manifest) ? manifest : undefined));
    const releases = pulumi.all([this.before(), places, seal(outputs), later, there]).apply(([before, knownPlaces, knownOutputs, known]) => {
      const recorded = objects.map((object, index) => ({ ...object, manifest: known[index] ?? object.manifest }) as RecordedObject);
      return packReleases(addRelease(before === '' ? [] : unpackReleases(before), { info, charts: split(recorded, charts, knownPlaces), outputs: knownOutputs as JsonObject }));
    });
    this.registerOutputs({ [RELEASES]: pulumi.secret(releases) });
  }

  /** The releases that the state holds: the engine keeps a component's outputs until it registers others. */
  private before(): pulumi.Output<string> {
    const found = pulumi.runtime.invokeOutput<{ readonly state?: JsonObject }>('pulumi:pulumi:getResource', { urn: this.urn });
    return found.apply(({ state }) => (typeof state?.[RELEASES] === 'string' ? state[RELEASES] : ''));
  }
}

/** The objects by the charts that they are of. */
function split(objects: readonly RecordedObject[], charts: readonly ChartResources[], places: readonly Omit<RecordedCharts, 'objects'>[]): RecordedCharts[] {
  let start = 0;
  return charts.map(({ plan }, index) => ({ ...places[index]!, objects: objects.slice(start, (start += plan.length)) }));
}
