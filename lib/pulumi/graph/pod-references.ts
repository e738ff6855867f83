import { isPlainObject, type JsonObject } from '../../core/json';
import type { DeployedObject } from '../deployed-object';
import { listAt, objectAt } from '../../core/paths';
import { podTemplate } from '../pod-template';
import { References, type Reference } from './reference';

/** Where a pod names a ConfigMap, Secret or claim: the key of the holder, the kind, and the field with the name. */
const HOLDERS: ReadonlyMap<string, readonly [kind: string, field: string]> = new Map([
  ['secretKeyRef', ['Secret', 'name']],
  ['secretRef', ['Secret', 'name']],
  ['secret', ['Secret', 'secretName']],
  ['imagePullSecrets', ['Secret', 'name']],
  ['nodePublishSecretRef', ['Secret', 'name']],
  ['configMapKeyRef', ['ConfigMap', 'name']],
  ['configMapRef', ['ConfigMap', 'name']],
  ['configMap', ['ConfigMap', 'name']],
  ['persistentVolumeClaim', ['PersistentVolumeClaim', 'claimName']],
]);

/** What the pods of an object name: service account, config, secrets, claims, classes. */
export function podReferences(object: DeployedObject): readonly Reference[] {
  const pod = podTemplate(object)?.spec;
  if (!isPlainObject(pod)) return [];
  const references = new References(object);
  references.near('ServiceAccount', pod.serviceAccountName ?? pod.serviceAccount ?? 'default');
  references.global('PriorityClass', pod.priorityClassName);
  references.global('RuntimeClass', pod.runtimeClassName);
  collect(pod, references);
  for (const claim of listAt(object.manifest, 'spec', 'volumeClaimTemplates')) references.global('StorageClass', objectAt(claim, 'spec').storageClassName);
  return references.found;
}

function collect(value: unknown, references: References): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, references));
  if (!isPlainObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const holder = HOLDERS.get(key);
    for (const candidate of holder ? [inner].flat() : []) if (isPlainObject(candidate)) references.near(holder![0], nameIn(candidate, holder![1]));
    collect(inner, references);
  }
}

/** A volume names its Secret `secretName`, a projected one `name`. */
const nameIn = (holder: JsonObject, field: string): unknown => holder[field] ?? holder.name;
