import type { EnvValue } from 'cdk8s-plus-28';
import type { Application } from '../core/application';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import { checkConfigKey, checkDnsSubdomain, checkEnvName } from '../core/names';
import { nameOf, type ConfigMapInput, type SecretInput } from './references';

/** Where the value of an environment variable comes from; made by {@link fromSecret} and its siblings. */
export class EnvSource {
  /** @internal */
  public constructor(
    public readonly valueFrom: JsonObject,
    public readonly check: readonly (string | undefined)[] = [],
  ) {}
}

/** The value of a variable: text, a number or truth value (rendered as text), a source, or cdk8s-plus' `EnvValue`. */
export type EnvInput = string | number | boolean | EnvSource | EnvValue;

/** Options of a reference. */
export interface ReferenceOptions {
  /** Whether the pod may start without it. @default false */
  readonly optional?: boolean;
}

const checked = (what: string, value: string, check: (value: string) => string | undefined) => {
  const wrong = typeof value === 'string' ? check(value) : 'text is allowed';
  return wrong && `${what} '${String(value)}': ${wrong}`;
};

/** The value of one key of a Secret. */
export function fromSecret(secret: SecretInput, key: string, options: ReferenceOptions = {}): EnvSource {
  const name = nameOf(secret);
  return new EnvSource({ secretKeyRef: compact({ name, key, optional: options.optional }) }, [checked('Secret', name, checkDnsSubdomain), checked('key', key, checkConfigKey)]);
}

/** The value of one key of a ConfigMap. */
export function fromConfig(configMap: ConfigMapInput, key: string, options: ReferenceOptions = {}): EnvSource {
  const name = nameOf(configMap);
  return new EnvSource({ configMapKeyRef: compact({ name, key, optional: options.optional }) }, [checked('ConfigMap', name, checkDnsSubdomain), checked('key', key, checkConfigKey)]);
}

const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];
const FIELD_KEY = /^metadata\.(labels|annotations)\['[^']+'\]$/;

/** A field of the pod: `metadata.name`, `status.podIP`, `metadata.labels['x']`. */
export function fromField(fieldPath: string): EnvSource {
  const known = FIELDS.includes(fieldPath) || FIELD_KEY.test(fieldPath);
  return new EnvSource({ fieldRef: { fieldPath } }, [known ? undefined : `field '${fieldPath}': one of ${FIELDS.join(', ')}, metadata.labels['…'] and metadata.annotations['…'] is allowed`]);
}

const RESOURCES = ['limits.cpu', 'limits.memory', 'limits.ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.ephemeral-storage'];

/** A request or limit of the container, in units of the divisor. */
export function fromResource(resource: string, divisor?: string): EnvSource {
  const known = RESOURCES.includes(resource) || resource.includes('hugepages-');
  return new EnvSource({ resourceFieldRef: compact({ resource, divisor }) }, [known ? undefined : `resource '${resource}': one of ${RESOURCES.join(', ')} is allowed`]);
}

/** Every key of a ConfigMap or Secret as a variable; made by {@link allOfConfig} and {@link allOfSecret}. */
export class EnvFrom {
  /** @internal */
  public constructor(
    public readonly source: JsonObject,
    public readonly check: readonly (string | undefined)[],
  ) {}
}

/** Options of {@link allOfConfig} and {@link allOfSecret}. */
export interface EnvFromOptions extends ReferenceOptions {
  /** Put before each key. @default nothing */
  readonly prefix?: string;
}

/** Every key of the ConfigMap as a variable. */
export function allOfConfig(configMap: ConfigMapInput, options: EnvFromOptions = {}): EnvFrom {
  return envFrom('configMapRef', nameOf(configMap), options);
}

/** Every key of the Secret as a variable. */
export function allOfSecret(secret: SecretInput, options: EnvFromOptions = {}): EnvFrom {
  return envFrom('secretRef', nameOf(secret), options);
}

function envFrom(kind: 'configMapRef' | 'secretRef', name: string, { prefix, optional }: EnvFromOptions): EnvFrom {
  return new EnvFrom(compact({ prefix, [kind]: compact({ name, optional }) })!, [
    checked(kind === 'secretRef' ? 'Secret' : 'ConfigMap', name, checkDnsSubdomain),
    prefix === undefined ? undefined : checked('prefix', prefix, checkEnvName),
  ]);
}

/** What `envFrom` takes: a reference of ours, or a cdk8s-plus ConfigMap or Secret. */
export type EnvFromInput = EnvFrom | { readonly kind: string; readonly name: string };

/** Renders the `env` prop. */
export function renderEnv(application: Application, prop: string, env: Readonly<Record<string, EnvInput>>): JsonObject[] {
  const { problems } = application;
  return Object.entries(env).map(([name, value]) => {
    const wrong = checkEnvName(name);
    if (wrong) problems.add(`${prop}.${name}`, name, wrong);
    if (value instanceof EnvSource) {
      for (const mistake of value.check) if (mistake) problems.add(`${prop}.${name}`, value.valueFrom, mistake);
      return { name, valueFrom: value.valueFrom };
    }
    if (typeof value === 'object' && value !== null && ('value' in value || 'valueFrom' in value)) {
      return compact({ name, value: value.value as unknown, valueFrom: value.valueFrom as unknown })!;
    }
    if (isPlainObject(value) || Array.isArray(value) || value === null || value === undefined) problems.add(`${prop}.${name}`, value, 'text, a number, true, false or a source such as fromSecret(name, key) is allowed');
    return { name, value: typeof value === 'object' ? value : String(value) };
  });
}

/** Renders the `envFrom` prop. */
export function renderEnvFrom(application: Application, prop: string, sources: readonly EnvFromInput[]): JsonObject[] {
  return sources.map((input, index) => {
    const byKind = (): EnvFrom | undefined => {
      const { kind } = input as { kind: string };
      return kind === 'ConfigMap' ? allOfConfig(input as { name: string }) : kind === 'Secret' ? allOfSecret(input as { name: string }) : undefined;
    };
    const source = input instanceof EnvFrom ? input : byKind();
    if (!source) application.problems.add(`${prop}[${index}]`, input, 'allOfConfig(…), allOfSecret(…), or a ConfigMap or Secret of cdk8s-plus is allowed');
    for (const mistake of source?.check ?? []) if (mistake) application.problems.add(`${prop}[${index}]`, source!.source, mistake);
    return source?.source ?? {};
  });
}
