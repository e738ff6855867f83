import { didYouMean } from '../core/suggest';
import { loadIndex } from './data/chunks';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from './versions';

/** The id of a kind's definition and the first and last version, by position, that serve it. */
type Entry = readonly [id: number, from?: number, to?: number];

interface Index {
  readonly shared: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, Readonly<Record<string, Entry>>>>;
}

let index: Index | undefined;

function theIndex(): Index {
  return (index ??= loadIndex() as Index);
}

/** Ids of the definitions that go by a name: `ObjectMeta`, `int32`, … */
export function sharedDefinitions(): Readonly<Record<string, number>> {
  return theIndex().shared;
}

/** The definition of a kind in a version; undefined when there is none. */
export function definitionOf(version: KubernetesVersion, apiVersion: string, kind: string): number | undefined {
  const kinds = own(theIndex().kinds, apiVersion);
  const entry = kinds && own(kinds, kind);
  return entry && serves(entry, version) ? entry[0] : undefined;
}

/** Whether no CustomResourceDefinition can define kinds in this group: Kubernetes has it, or it lacks a dot. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes('.') || builtInGroups().has(group);
}

let groups: ReadonlySet<string> | undefined;

function builtInGroups(): ReadonlySet<string> {
  return (groups ??= new Set(
    Object.entries(theIndex().kinds)
      .filter(([, kinds]) => Object.values(kinds).some(([, from]) => from !== undefined))
      .map(([apiVersion]) => groupOf(apiVersion)),
  ));
}

/** Says that a kind is not there, and where it is or what it might be. */
export function noKind(version: KubernetesVersion, apiVersion: string, kind: string): string {
  const problem = `no kind "${kind}" in "${apiVersion}"`;
  const homes = apiVersionsWith(kind, version);
  if (homes.length > 0) {
    return `${problem}; Kubernetes ${version} has it in ${homes.join(' and ')}`;
  }
  const others = KUBERNETES_VERSIONS.filter((other) => definitionOf(other, apiVersion, kind) !== undefined);
  if (others.length > 0) {
    return `${problem} of Kubernetes ${version}; it is there in ${span(others)}`;
  }
  return problem + didYouMean(kind, servedKinds(version));
}

function apiVersionsWith(kind: string, version: KubernetesVersion): string[] {
  return Object.keys(theIndex().kinds).filter(
    (apiVersion) => isBuiltIn(apiVersion) && definitionOf(version, apiVersion, kind) !== undefined,
  );
}

function servedKinds(version: KubernetesVersion): string[] {
  return Object.values(theIndex().kinds).flatMap((kinds) =>
    Object.keys(kinds).filter((kind) => kinds[kind] && serves(kinds[kind], version)),
  );
}

function serves([, from = 0, to = Infinity]: Entry, version: KubernetesVersion): boolean {
  const position = KUBERNETES_VERSIONS.indexOf(version);
  return from <= position && position <= to;
}

function span(versions: readonly string[]): string {
  return versions.length === 1 ? `${versions[0]}` : `${versions[0]} to ${versions.at(-1)}`;
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
