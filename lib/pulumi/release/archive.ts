import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, isPlainObject } from '../../core/json';
import { CHANGE_ANNOTATIONS } from './change';
import type { RecordedCharts, RecordedObject, RecordedRelease } from './recorded';
import { reveal } from './seal';

/** How many releases are kept: the one that is there, and those that one can go back to. */
const KEPT = 5;
const FORMAT = 1;

/** Releases as they are stored: what several have in common is there once. */
interface Stored {
  readonly format: number;
  readonly objects: readonly RecordedObject[];
  readonly releases: readonly (Omit<RecordedRelease, 'charts'> & { readonly charts: readonly (Omit<RecordedCharts, 'objects'> & { readonly objects: readonly number[] })[] })[];
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
    releases: releases.map((release) => ({ ...release, charts: release.charts.map((charts) => ({ ...charts, objects: charts.objects.map(placeOf) })) })),
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
  return releases.map((release) => ({ ...release, charts: release.charts.map((charts) => ({ ...charts, objects: charts.objects.map((place) => objects[place]!) })) }));
}

/** The releases with one more; where it differs in nothing but what is said of it, it takes the place of the newest. */
export function addRelease(releases: readonly RecordedRelease[], next: RecordedRelease): RecordedRelease[] {
  const [newest, ...older] = releases;
  if (newest === undefined) return [next];
  if (canonicalJson(contentOf(newest)) === canonicalJson(contentOf(next))) return [...releases];
  const same = canonicalJson(withoutChange(contentOf(newest))) === canonicalJson(withoutChange(contentOf(next)));
  return [next, ...(same ? older : releases)].slice(0, KEPT);
}

/** What was released, to be compared. */
const contentOf = ({ charts, outputs }: RecordedRelease): unknown => reveal({ charts, outputs });

/** The content without the annotations of a release. */
function withoutChange(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChange);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !CHANGE_ANNOTATIONS.includes(key)).map(([key, inner]) => [key, withoutChange(inner)] as const);
  return Object.fromEntries(entries.filter(([key, inner]) => key !== 'annotations' || !isPlainObject(inner) || Object.keys(inner).length > 0));
}
