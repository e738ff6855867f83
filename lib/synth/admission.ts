import type { ApiObject } from 'cdk8s';
import type { JsonObject } from '../core/json';
import { podTemplateOf } from '../core/pod-template';
import { podSecurityViolations, type EnforcedLevel } from './pod-security';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const EXCEPTION = 'fairlead.dev/security-exception';
const MANAGED_BY = 'app.kubernetes.io/managed-by';

type Metadata = { readonly name?: string; readonly namespace?: string; readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };

/**
 * Pods that the API server would not admit at the Pod Security level of their namespace: what the namespace enforces where
 * it is among the objects, else the restricted level for our own workloads, unless they carry an exception.
 */
export function notAdmitted(rendered: ReadonlyMap<ApiObject, JsonObject>): string[] {
  const levels = enforcedLevels(rendered.values());
  return [...rendered].flatMap(([object, manifest]) => {
    const template = podTemplateOf(manifest);
    if (!template) return [];
    const { namespace, labels } = (manifest.metadata ?? {}) as Metadata;
    const excepted = EXCEPTION in ((template.metadata as Metadata).annotations ?? {});
    const ours = labels?.[MANAGED_BY] === 'fairlead';
    const level = levels.get(namespace ?? '') ?? (ours && !excepted ? 'restricted' : 'privileged');
    if (level === 'privileged') return [];
    const mend = !ours ? "mend the pod's spec, or admit it: podSecurity of the PlatformNamespace" : excepted ? `let the namespace admit it: podSecurity of its PlatformNamespace` : "leave it out, or give 'security.exception' a reason and set podSecurity of the PlatformNamespace";
    return podSecurityViolations(template.spec, level).map((violation) => `[${object.node.path}] ${String(manifest.kind)} breaks the ${level} Pod Security level: ${violation}; ${mend}`);
  });
}

function enforcedLevels(manifests: Iterable<JsonObject>): ReadonlyMap<string, EnforcedLevel | 'privileged'> {
  const levels = new Map<string, EnforcedLevel | 'privileged'>();
  for (const { kind, metadata } of manifests) {
    const { name, labels } = (metadata ?? {}) as Metadata;
    const level = kind === 'Namespace' ? labels?.[ENFORCE] : undefined;
    if (name !== undefined && (level === 'baseline' || level === 'restricted' || level === 'privileged')) levels.set(name, level);
  }
  return levels;
}
