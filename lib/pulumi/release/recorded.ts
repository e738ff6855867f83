import type * as pulumi from '@pulumi/pulumi';
import { isPlainObject, type JsonObject } from '../../core/json';
import type { PlannedObject } from '../plan';
import type { Change } from './change';
import { seal, unseal } from './seal';

/** What a release says of itself in the record. */
export interface ReleaseInfo extends Change {
  /** When it was released, as ISO 8601 text. @default none */
  readonly at?: string;
}

/** A planned object as plain data. */
export interface RecordedObject {
  readonly identity: string;
  readonly name: string;
  /** The object; secrets are marked and stand in clear. */
  readonly manifest: JsonObject;
  readonly needs: readonly string[];
  readonly options: JsonObject;
}

/** The objects of one `ChartResources`. */
export interface RecordedCharts {
  /** The URN of the component. */
  readonly urn: string;
  /** The URN of the provider of its objects; none where that was Pulumi's own default. */
  readonly provider?: string;
  readonly objects: readonly RecordedObject[];
}

/** A release that completed: all that it takes to go back to it. */
export interface RecordedRelease {
  /** What was released, why and by whom. */
  readonly info: ReleaseInfo;
  /** The objects, by the component that registered them. */
  readonly charts: readonly RecordedCharts[];
  /** The outputs of the stack; secrets are marked and stand in clear. */
  readonly outputs: JsonObject;
}

/** The options that plain data can say. What waits, and where it stands, is said apart. */
const OPTIONS = ['protect', 'retainOnDelete', 'customTimeouts', 'ignoreChanges', 'additionalSecretOutputs', 'deleteBeforeReplace', 'replaceOnChanges', 'aliases'] as const;

/** The object as plain data; its manifest is an Output where some of it is not known yet. */
export function recordObject({ identity, name, manifest, needs, options }: PlannedObject): Omit<RecordedObject, 'manifest'> & { readonly manifest: unknown } {
  const kept = OPTIONS.flatMap((key) => (options[key] === undefined ? [] : [[key, key === 'aliases' ? plainAliases(options.aliases) : options[key]]]));
  return { identity, name, manifest: seal(manifest), needs, options: Object.fromEntries(kept) as JsonObject };
}

/** The object as it was planned. */
export function planOf({ identity, name, manifest, needs, options }: RecordedObject): PlannedObject {
  return { identity, name, manifest: unseal(manifest) as JsonObject, needs, options };
}

/** Those that name types and names, as ours do; one that names a resource would keep it from being removed. */
function plainAliases(aliases: pulumi.CustomResourceOptions['aliases']): unknown[] {
  return Array.isArray(aliases) ? aliases.filter((alias) => isPlainObject(alias) && Object.values(alias).every((value) => typeof value === 'string')) : [];
}
