import { isDeepStrictEqual } from 'node:util';
import { isPlainObject } from '../../core/json';
import { typeToken } from '../api-versions';
import { unpackReleases } from './archive';
import type { RecordedObject, RecordedRelease } from './recorded';
import { RELEASE_RECORD, RELEASES } from './release-record';
import { reveal } from './seal';
import { nameOfUrn, sealedValue, type State, type StateResource } from './state';

/** What the engine's history says of the last updates. */
export interface LastUpdates {
  /** Whether the last one went well. */
  readonly succeeded: boolean;
  /** When the one before it ended, as ISO 8601 text. @default never */
  readonly before?: string;
  /** How many releases the last one left in the record, if it was a rollback. @default it was none */
  readonly releasesLeft?: number;
}

/** How to go back to a release. */
export interface RollbackOptions {
  /** The place of the release in the list, the newest being 0. */
  readonly to: number;
  /** Whether its Jobs run where they are not there any more. @default false */
  readonly withJobs?: boolean;
}

/** What a stack can go back to. */
export class ReleasesInState {
  /** The releases that completed, the newest first. */
  public readonly releases: readonly RecordedRelease[];
  /** The component that keeps them. */
  public readonly record: StateResource;

  /** @throws when the state has no record of releases */
  public constructor(public readonly state: State) {
    const record = state.resources.find(({ type }) => type === RELEASE_RECORD);
    const packed = reveal(sealedValue(record?.outputs?.[RELEASES]));
    if (record === undefined || typeof packed !== 'string') throw new Error('no release of this stack has completed yet that could be gone back to');
    this.record = record;
    this.releases = unpackReleases(packed);
  }

  /**
   * The place of the release to go back to: the last one that completed; where that is what is there, the one before.
   * @throws when there is none
   */
  public goal(last: LastUpdates): number {
    const place = this.find(last);
    if (place < this.releases.length) return place;
    throw new Error('the release that is there is the only one that has completed, so there is none to go back to; put the source right and deploy it');
  }

  private find({ succeeded, before = '', releasesLeft }: LastUpdates): number {
    // A rollback that failed is done again, not undone.
    if (!succeeded && releasesLeft !== undefined) return Math.max(0, this.releases.length - releasesLeft);
    const { at } = this.releases[0]!.info;
    // It was recorded by an update that failed when it cleaned up after itself.
    if (!succeeded && at !== undefined && at > before && before !== '') return 1;
    return succeeded && this.isThere(this.releases[0]!) ? 1 : 0;
  }

  /** Whether the state is what the release made of it. Release tasks may be missing, for a rollback runs none. */
  private isThere({ charts }: RecordedRelease): boolean {
    if (this.state.pending.length > 0) return false;
    return charts.every(({ urn, objects }) => {
      const found = new Map(this.childrenOf(urn).map((resource) => [nameOfUrn(resource.urn), resource]));
      const recorded = new Set(objects.map(({ name }) => name));
      return [...found.keys()].every((name) => recorded.has(name)) && objects.every((object) => isMadeFrom(found.get(object.name), object));
    });
  }

  /** The resources of a component. */
  public childrenOf(urn: string): StateResource[] {
    return this.state.resources.filter(({ parent, delete: leaving }) => parent === urn && leaving !== true);
  }

  /** Everything that going to a release may touch: what it registers, and what is there in its place. */
  public touchedBy({ to, withJobs = false }: RollbackOptions): string[] {
    const touched = this.releases[to]!.charts.flatMap(({ urn, objects }) => {
      const there = this.state.resources.filter(({ parent }) => parent === urn).map((resource) => resource.urn);
      return [urn, ...there, ...objects.filter((object) => withJobs || !isJob(object)).map((object) => urnOf(urn, object))];
    });
    return [...new Set([this.record.urn, ...touched])];
  }
}

/** Whether a Job is what the object is: it would run. */
export const isJob = ({ manifest }: RecordedObject): boolean => manifest.kind === 'Job' && manifest.apiVersion === 'batch/v1';

function isMadeFrom(resource: StateResource | undefined, object: RecordedObject): boolean {
  if (resource === undefined) return isJob(object);
  return (resource.initErrors ?? []).length === 0 && contains(asRead(reveal(sealedValue(resource.inputs))), asRead(reveal(object.manifest)));
}

/** `stringData` of a Secret is only ever written: the provider keeps it as the API server gives it back. */
function asRead(manifest: unknown): unknown {
  if (!isPlainObject(manifest) || manifest.kind !== 'Secret' || !isPlainObject(manifest.stringData)) return manifest;
  const { stringData, data, ...others } = manifest;
  const encoded = Object.entries(stringData as Record<string, unknown>).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...others, data: { ...(isPlainObject(data) ? data : {}), ...Object.fromEntries(encoded) } };
}

/** Whether all of one value is in the other; the provider may have completed it. */
function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && whole.length === part.length && part.every((item, index) => contains(whole[index], item));
  if (!isPlainObject(part)) return isDeepStrictEqual(whole, part);
  return isPlainObject(whole) && Object.entries(part).every(([key, value]) => contains(whole[key], value));
}

/** The URN of an object of a component. */
function urnOf(component: string, { name, manifest }: RecordedObject): string {
  const [stack, project, type] = component.split('::');
  return [stack, project, `${type}$${typeToken(String(manifest.apiVersion), String(manifest.kind))}`, name].join('::');
}
