import { isPlainObject, type JsonObject } from '../core/json';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'];

const inside = (value: unknown, ...path: readonly string[]): JsonObject | undefined => {
  const found = path.reduce<unknown>((inner, key) => (isPlainObject(inner) ? inner[key] : undefined), value);
  return isPlainObject(found) ? found : undefined;
};

/** The pod that a manifest is, or the template that it makes pods from: metadata and spec. */
export function podTemplateOf(manifest: JsonObject): { readonly metadata: JsonObject; readonly spec: JsonObject } | undefined {
  const kind = String(manifest.kind);
  const template = kind === 'Pod' ? manifest : kind === 'CronJob' ? inside(manifest, 'spec', 'jobTemplate', 'spec', 'template') : WORKLOADS.includes(kind) ? inside(manifest, 'spec', 'template') : undefined;
  const spec = inside(template, 'spec');
  return spec && { metadata: inside(template, 'metadata') ?? {}, spec };
}
