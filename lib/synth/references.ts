import { isPlainObject, type JsonObject } from '../core/json';

/** A Secret, ConfigMap, service account or claim that a manifest needs. */
export interface Reference {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim';
  readonly namespace: string | undefined;
  readonly name: string;
  /** The keys that are read; empty for all. */
  readonly keys: readonly string[];
}

/** Where a reference stands: the key that holds it, its kind, and the field with the name. */
const HOLDERS: Readonly<Record<string, readonly [Reference['kind'], string]>> = {
  secretKeyRef: ['Secret', 'name'],
  secretRef: ['Secret', 'name'],
  secret: ['Secret', 'secretName'],
  imagePullSecrets: ['Secret', 'name'],
  configMapKeyRef: ['ConfigMap', 'name'],
  configMapRef: ['ConfigMap', 'name'],
  configMap: ['ConfigMap', 'name'],
  persistentVolumeClaim: ['PersistentVolumeClaim', 'claimName'],
};

/** What a pod needs before it can start. Optional references are left out. */
export function referencesOf(manifest: JsonObject): Reference[] {
  const namespace = (manifest.metadata as { namespace?: string } | undefined)?.namespace;
  const pod = podSpecOf(manifest);
  const found: Reference[] = [];
  if (pod) {
    if (typeof pod.serviceAccountName === 'string') found.push({ kind: 'ServiceAccount', namespace, name: pod.serviceAccountName, keys: [] });
    collect(pod, namespace, found);
  }
  if (manifest.kind === 'Ingress' && !issuedByCertManager(manifest)) {
    for (const { secretName } of ((manifest.spec as { tls?: { secretName?: string }[] } | undefined)?.tls ?? [])) {
      if (secretName !== undefined) found.push({ kind: 'Secret', namespace, name: secretName, keys: ['tls.crt', 'tls.key'] });
    }
  }
  return found;
}

/** The Secrets that a manifest brings into being, by itself or through its controller. */
export function providedBy(manifest: JsonObject): { kind: string; namespace: string | undefined; name: string }[] {
  const { name = '', namespace } = (manifest.metadata ?? {}) as { name?: string; namespace?: string };
  const spec = (manifest.spec ?? {}) as { target?: { name?: string }; secretName?: string };
  switch (manifest.kind) {
    case 'ExternalSecret':
      return [{ kind: 'Secret', namespace, name: spec.target?.name ?? name }];
    case 'SealedSecret':
      return [{ kind: 'Secret', namespace, name }];
    case 'Certificate':
      return [{ kind: 'Secret', namespace, name: spec.secretName ?? '' }];
    default:
      return [{ kind: String(manifest.kind), namespace, name }];
  }
}

function podSpecOf({ kind, spec }: JsonObject): JsonObject | undefined {
  const at = (value: unknown, ...path: string[]): JsonObject | undefined => path.reduce<unknown>((inner, key) => (isPlainObject(inner) ? inner[key] : undefined), value) as JsonObject | undefined;
  if (kind === 'Pod') return spec as JsonObject;
  return kind === 'CronJob' ? at(spec, 'jobTemplate', 'spec', 'template', 'spec') : at(spec, 'template', 'spec');
}

function issuedByCertManager(manifest: JsonObject): boolean {
  const { annotations = {} } = manifest.metadata as { annotations?: Record<string, string> };
  return 'cert-manager.io/cluster-issuer' in annotations || 'cert-manager.io/issuer' in annotations;
}

function collect(value: unknown, namespace: string | undefined, found: Reference[]): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, namespace, found));
  if (!isPlainObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const holder = HOLDERS[key];
    for (const candidate of holder ? (Array.isArray(inner) ? inner : [inner]) : []) {
      const reference = holder && isPlainObject(candidate) ? read(holder, candidate, namespace) : undefined;
      if (reference) found.push(reference);
    }
    collect(inner, namespace, found);
  }
}

function read([kind, field]: readonly [Reference['kind'], string], holder: JsonObject, namespace: string | undefined): Reference | undefined {
  const name = holder[field] ?? holder.name;
  if (typeof name !== 'string' || holder.optional === true) return undefined;
  const items = Array.isArray(holder.items) ? (holder.items as { key?: unknown }[]).map((item) => item.key) : [holder.key];
  return { kind, namespace, name, keys: items.filter((key): key is string => typeof key === 'string') };
}
