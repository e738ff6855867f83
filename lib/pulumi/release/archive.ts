import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson } from '../../core/json';
import type { RecordedObject, RecordedRelease } from './recorded';
import { reveal } from './seal';

/** How many releases are kept: the one that is there, and those that one can go back to. */
const KEPT = 5;
const FORMAT = 1;

/** Releases as they are stored: what several have in common is there once. */
interface Stored {
  readonly format: number;
  readonly objects: readonly RecordedObject[];
  readonly releases: readonly (Omit<RecordedRelease, 'charts'> & { readonly charts: readonly { readonly urn: string; readonly objects: readonly number[] }[] })[];
}

/** The releases as short text. It holds secrets in clear. */
export function packReleases(releases: readonly RecordedRelease[]): string {
  const places = new Map<string, number>();
  const objects: RecordedObject[] = [];
  const placeOf = (object: RecordedObject): number => {
    const text = canonicalJson(object);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, objects.length);
    return objects.push(object) - 1;
  };
  const stored: Stored = {
    format: FORMAT,
    releases: releases.map((release) => ({ ...release, charts: release.charts.map(({ urn, objects: own }) => ({ urn, objects: own.map(placeOf) })) })),
    objects,
  };
  return gzipSync(JSON.stringify(stored)).toString('base64');
}

/**
 * The releases of a text of {@link packReleases}, the newest first.
 * @throws when another version of the library wrote it
 */
export function unpackReleases(text: string): RecordedRelease[] {
  const { format, objects, releases } = JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')) as Stored;
  if (format !== FORMAT) throw new Error(`the record of releases has format ${String(format)}, and ${FORMAT} is known here; use the version of fairlead that wrote it`);
  return releases.map((release) => ({ ...release, charts: release.charts.map(({ urn, objects: own }) => ({ urn, objects: own.map((place) => objects[place]!) })) }));
}

/** The releases with one more, unless the newest has the same content: then nothing was released. */
export function addRelease(releases: readonly RecordedRelease[], next: RecordedRelease): RecordedRelease[] {
  const [newest] = releases;
  if (newest !== undefined && contentOf(newest) === contentOf(next)) return [...releases];
  return [next, ...releases].slice(0, KEPT);
}

/** What was released, as text that can be compared. */
const contentOf = ({ charts, outputs }: RecordedRelease): string => canonicalJson(reveal({ charts, outputs }));
