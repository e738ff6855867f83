import { isPlainObject, type JsonObject } from '../core/json';
import { isClusterScoped } from '../core/kinds';
import { podTemplateOf } from '../core/pod-template';

/** An object by its kind and name. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The same text for the same object. */
export const keyOfObject = ({ kind, namespace, name }: ObjectName): string => `${kind}/${namespace ?? ''}/${name}`;

/** A Secret, ConfigMap, service account or claim that a manifest needs. */
export interface Reference extends ObjectName {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim';
  /** The keys that are read; empty for all. */
  readonly keys: readonly string[];
}

/** Where a reference stands: the key that holds it, its kind, and the field with the name. */
const HOLDERS: ReadonlyMap<string, readonly [Reference['kind'], string]> = new Map([
  ['secretKeyRef', ['Secret', 'name']],
  ['secretRef', ['Secret', 'name']],
  ['secret', ['Secret', 'secretName']],
  ['nodePublishSecretRef', ['Secret', 'name']],
  ['azureFile', ['Secret', 'secretName']],
  ['imagePullSecrets', ['Secret', 'name']],
  ['configMapKeyRef', ['ConfigMap', 'name']],
  ['configMapRef', ['ConfigMap', 'name']],
  ['configMap', ['ConfigMap', 'name']],
  ['persistentVolumeClaim', ['PersistentVolumeClaim', 'claimName']],
]);

const known = new WeakMap<JsonObject, readonly Reference[]>();

/** What a manifest needs before its pods can start or its route can serve. Optional references are left out. Read once. */
export function referencesOf(manifest: JsonObject): readonly Reference[] {
  let references = known.get(manifest);
  if (!references) known.set(manifest, (references = readReferences(manifest)));
  return references;
}

function readReferences(manifest: JsonObject): Reference[] {
  const { namespace } = metadataOf(manifest);
  const found: Reference[] = [];
  const pod = manifest.kind === 'ServiceAccount' ? { imagePullSecrets: manifest.imagePullSecrets } : podTemplateOf(manifest)?.spec;
  if (pod) {
    if (typeof pod.serviceAccountName === 'string') found.push({ kind: 'ServiceAccount', namespace, name: pod.serviceAccountName, keys: [] });
    const { volumes, ...rest } = pod;
    collect(rest, namespace, found);
    for (const volume of Array.isArray(volumes) ? (volumes as JsonObject[]) : []) found.push(...volumeReferences(volume, rest, namespace));
  }
  if (String(manifest.apiVersion).startsWith('monitoring.coreos.com/')) found.push(...operatorReferences(manifest, namespace));
  if (manifest.kind === 'Ingress' && !issuedByCertManager(manifest)) {
    for (const { secretName } of ((manifest.spec as { tls?: { secretName?: string }[] } | undefined)?.tls ?? [])) {
      if (secretName !== undefined) found.push({ kind: 'Secret', namespace, name: secretName, keys: ['tls.crt', 'tls.key'] });
    }
  }
  return found;
}

/** What prometheus-operator reads: keys of Secrets by name and key, and for the programs that it runs what pods name. */
function operatorReferences({ spec }: JsonObject, namespace: string | undefined): Reference[] {
  const found: Reference[] = [];
  if (!isPlainObject(spec)) return found;
  const { serviceAccountName, configSecret, volumes } = spec;
  if (typeof serviceAccountName === 'string') found.push({ kind: 'ServiceAccount', namespace, name: serviceAccountName, keys: [] });
  if (typeof configSecret === 'string') found.push({ kind: 'Secret', namespace, name: configSecret, keys: [] });
  collect(volumes, namespace, found);
  collectKeys(spec, namespace, found);
  return found;
}

/** Every object of a name and a key: whatever the field is called, it is a key of a Secret. */
function collectKeys(value: unknown, namespace: string | undefined, found: Reference[]): void {
  if (Array.isArray(value)) return value.forEach((item) => collectKeys(item, namespace, found));
  if (!isPlainObject(value)) return;
  const { name, key } = value;
  if (typeof name === 'string' && typeof key === 'string') found.push({ kind: 'Secret', namespace, name, keys: [key] });
  else for (const [field, inner] of Object.entries(value)) if (field !== 'configMap') collectKeys(inner, namespace, found);
}

/** A volume that is mounted by `subPath` alone needs those keys; else all of them, or its items. */
function volumeReferences(volume: JsonObject, pod: JsonObject, namespace: string | undefined): Reference[] {
  const found: Reference[] = [];
  collect(volume, namespace, found);
  const containers = [pod.initContainers, pod.containers].flatMap((list) => (Array.isArray(list) ? (list as JsonObject[]) : []));
  const mounts = containers.flatMap(({ volumeMounts }) => (Array.isArray(volumeMounts) ? (volumeMounts as JsonObject[]) : [])).filter(({ name }) => name === volume.name);
  const paths = mounts.map(({ subPath }) => subPath).filter((path) => typeof path === 'string');
  if (paths.length === 0 || paths.length < mounts.length) return found;
  return found.map((reference) => (reference.keys.length > 0 ? reference : { ...reference, keys: [...new Set(paths.map((path) => path.split('/')[0]!))] }));
}

/** What a manifest brings into being: itself, and the Secret that its controller makes. */
export function providedBy(manifest: JsonObject): ObjectName[] {
  const { name = '', namespace } = metadataOf(manifest);
  const kind = String(manifest.kind);
  const own = { kind, name, namespace: isClusterScoped({ apiVersion: String(manifest.apiVersion), kind }) ? undefined : namespace };
  const secret = secretMadeFrom(manifest);
  return secret === undefined ? [own] : [own, { kind: 'Secret', namespace, name: secret }];
}

function secretMadeFrom(manifest: JsonObject): string | undefined {
  const spec = (manifest.spec ?? {}) as { target?: { name?: string }; secretName?: string };
  switch (manifest.kind) {
    case 'ExternalSecret':
      return spec.target?.name ?? metadataOf(manifest).name;
    case 'SealedSecret':
      return metadataOf(manifest).name;
    case 'Certificate':
      return spec.secretName;
    default:
      return undefined;
  }
}

function metadataOf(manifest: JsonObject): { name?: string; namespace?: string; annotations?: JsonObject } {
  return isPlainObject(manifest.metadata) ? manifest.metadata : {};
}

function issuedByCertManager(manifest: JsonObject): boolean {
  const { annotations = {} } = metadataOf(manifest);
  return 'cert-manager.io/cluster-issuer' in annotations || 'cert-manager.io/issuer' in annotations;
}

function collect(value: unknown, namespace: string | undefined, found: Reference[]): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, namespace, found));
  if (!isPlainObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const holder = HOLDERS.get(key);
    for (const candidate of holder ? (Array.isArray(inner) ? inner : [inner]) : []) {
      const reference = holder && isPlainObject(candidate) ? read(holder, candidate, namespace) : undefined;
      if (reference) found.push(reference);
    }
    if (typeof inner === 'object') collect(inner, namespace, found);
  }
}

function read([kind, field]: readonly [Reference['kind'], string], holder: JsonObject, namespace: string | undefined): Reference | undefined {
  const name = holder[field] ?? holder.name;
  if (typeof name !== 'string' || holder.optional === true) return undefined;
  const items = Array.isArray(holder.items) ? (holder.items as { key?: unknown }[]).map((item) => item.key) : [holder.key];
  return { kind, namespace, name, keys: items.filter((key): key is string => typeof key === 'string') };
}
