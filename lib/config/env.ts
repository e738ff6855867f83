import { Lazy } from 'cdk8s';
import type { EnvValue } from 'cdk8s-plus-28';
import type { Application } from '../core/application';
import { readObject, type Shapes } from '../core/forms';
import { compact, type JsonObject } from '../core/json';
import { checkConfigKey, checkDnsSubdomain, checkEnvName } from '../core/names';
import { Mistakes } from '../core/problems';
import { nameOf, type ConfigMapInput, type SecretInput } from './references';

/** Where the value of an environment variable comes from; made by {@link fromSecret} and its siblings. */
export class EnvSource {
  /** @internal */
  public constructor(
    public readonly valueFrom: JsonObject,
    public readonly mistakes: Mistakes,
  ) {}
}

/** The value of a variable: text, a number or truth value (rendered as text), a source, or cdk8s-plus' `EnvValue`. */
export type EnvInput = string | number | boolean | EnvSource | EnvValue;

/** Options of a reference. */
export interface ReferenceOptions {
  /** Whether the pod may start without it. @default false */
  readonly optional?: boolean;
}

const REFERENCE_SHAPES: Shapes<ReferenceOptions> = { optional: 'truth' };

/** The value of one key of a Secret. */
export function fromSecret(secret: SecretInput, key: string, options: ReferenceOptions = {}): EnvSource {
  return keyReference('secret', 'secretKeyRef', nameOf(secret), key, options);
}

/** The value of one key of a ConfigMap. */
export function fromConfig(configMap: ConfigMapInput, key: string, options: ReferenceOptions = {}): EnvSource {
  return keyReference('configMap', 'configMapKeyRef', nameOf(configMap), key, options);
}

function keyReference(what: string, field: string, name: string, key: string, options: ReferenceOptions): EnvSource {
  const mistakes = new Mistakes();
  mistakes.check(what, name, checkDnsSubdomain);
  mistakes.check('key', key, checkConfigKey);
  const { optional } = readObject(mistakes, 'options', options, REFERENCE_SHAPES);
  return new EnvSource({ [field]: compact({ name, key, optional }) }, mistakes);
}

const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];
const FIELD_KEY = /^metadata\.(labels|annotations)\['[^']+'\]$/;

/** A field of the pod: `metadata.name`, `status.podIP`, `metadata.labels['x']`. */
export function fromField(fieldPath: string): EnvSource {
  const mistakes = new Mistakes();
  mistakes.check('field', fieldPath, (path) => (FIELDS.includes(path) || FIELD_KEY.test(path) ? undefined : `one of ${FIELDS.join(', ')}, metadata.labels['…'] and metadata.annotations['…'] is allowed`));
  return new EnvSource({ fieldRef: { fieldPath } }, mistakes);
}

const RESOURCES = ['limits.cpu', 'limits.memory', 'limits.ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.ephemeral-storage'];
const HUGE_PAGES = /^(limits|requests)\.hugepages-\d+[KMG]i$/;
const CPU_DIVISORS = ['1', '1m'];
const DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** A request or limit of the container, in units of the divisor. */
export function fromResource(resource: string, divisor?: string): EnvSource {
  const mistakes = new Mistakes();
  mistakes.check('resource', resource, (name) => (RESOURCES.includes(name) || HUGE_PAGES.test(name) ? undefined : `one of ${RESOURCES.join(', ')} is allowed`));
  const divisors = String(resource).endsWith('.cpu') ? CPU_DIVISORS : DIVISORS;
  if (divisor !== undefined) mistakes.check('divisor', divisor, (unit) => (divisors.includes(unit) ? undefined : `one of ${divisors.join(', ')} is allowed`));
  return new EnvSource({ resourceFieldRef: compact({ resource, divisor }) }, mistakes);
}

/** Every key of a ConfigMap or Secret as a variable; made by {@link allOfConfig} and {@link allOfSecret}. */
export class EnvFrom {
  /** @internal */
  public constructor(
    public readonly source: JsonObject,
    public readonly mistakes: Mistakes,
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

const ENV_FROM_SHAPES: Shapes<EnvFromOptions> = { prefix: 'text', ...REFERENCE_SHAPES };

function envFrom(kind: 'configMapRef' | 'secretRef', name: string, options: EnvFromOptions): EnvFrom {
  const mistakes = new Mistakes();
  mistakes.check(kind === 'secretRef' ? 'secret' : 'configMap', name, checkDnsSubdomain);
  const { prefix, optional } = readObject(mistakes, 'options', options, ENV_FROM_SHAPES);
  if (prefix !== undefined) mistakes.check('prefix', prefix, checkEnvName);
  return new EnvFrom(compact({ prefix, [kind]: compact({ name, optional }) })!, mistakes);
}

/** What `envFrom` takes: a reference of ours, or a cdk8s-plus ConfigMap or Secret. */
export type EnvFromInput = EnvFrom | { readonly kind: string; readonly name: string };

/** Renders the `env` prop. */
export function renderEnv(application: Application, prop: string, env: Readonly<Record<string, EnvInput>>): JsonObject[] {
  const { problems } = application;
  return Object.entries(env).map(([name, value]) => {
    const path = `${prop}.${name}`;
    problems.check(path, name, checkEnvName);
    if (value instanceof EnvSource) {
      problems.include(path, value.mistakes);
      return { name, valueFrom: value.valueFrom };
    }
    if (isToken(value)) return { name, value };
    if (typeof value === 'object' && value !== null && ('value' in value || 'valueFrom' in value)) {
      return compact({ name, value: value.value as unknown, valueFrom: value.valueFrom as unknown })!;
    }
    const plain = typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
    if (!plain) problems.add(path, value, 'text, a number, true, false or a source such as fromSecret(name, key) is allowed');
    return { name, value: String(value) };
  });
}

/** Whether cdk8s puts another value in its place at synth: a `Lazy`, or a token of another kit. */
const isToken = (value: unknown): boolean => value instanceof Lazy || typeof (value as { resolve?: unknown } | null | undefined)?.resolve === 'function';

/** Renders the `envFrom` prop. */
export function renderEnvFrom(application: Application, prop: string, sources: readonly EnvFromInput[]): JsonObject[] {
  return sources.flatMap((input, index): JsonObject[] => {
    const path = `${prop}[${index}]`;
    const source = input instanceof EnvFrom ? input : ofKind(input);
    if (source) application.problems.include(path, source.mistakes);
    else application.problems.add(path, input, 'allOfConfig(…), allOfSecret(…), or a ConfigMap or Secret of cdk8s-plus is allowed');
    return source ? [source.source] : [];
  });
}

function ofKind(input: Exclude<EnvFromInput, EnvFrom> | undefined | null): EnvFrom | undefined {
  if (input?.kind === 'ConfigMap') return allOfConfig(input);
  return input?.kind === 'Secret' ? allOfSecret(input) : undefined;
}
