import type { ImagePolicy } from '../../pod/image';
import { isPlainObject, type JsonObject } from '../../core/json';
import { Mistakes } from '../../core/problems';
import { sentenceList } from '../../core/suggest';
import type { Definition, Setting } from './definition';
import { DEFINITIONS, POLICY_NAMES, type PolicyName } from './definitions';

/** What a violation does: it fails the preview or update, is reported, or is not looked for. */
export type PolicyLevel = 'mandatory' | 'advisory' | 'disabled';

/** What can be said of every policy. */
export interface PolicySettings {
  /** What a violation does. @default the `level` of all, else the policy's own */
  readonly level?: PolicyLevel;
  /**
   * Objects that may break it, each with the reason: `{ 'Deployment/shop/legacy': 'the vendor mends it in May' }`. Named as
   * previews name them; `*` stands for any part of a name.
   * @default none
   */
  readonly except?: Readonly<Record<string, string>>;
}

/** Settings of `host-access` and `restricted-pods`. */
export interface PodSecuritySettings extends PolicySettings {
  /** Whether pods may state an exception themselves, with its reason, in the annotation `fairlead.dev/security-exception`. @default true */
  readonly exceptions?: boolean;
}

/** Settings of `namespace-security`. */
export interface NamespaceSecuritySettings extends PolicySettings {
  /** The mildest level that is allowed. @default 'baseline' */
  readonly atLeast?: 'baseline' | 'restricted';
}

/** Settings of `image-reference`. */
export interface ImageReferenceSettings extends PolicySettings {
  /** Which references are allowed. @default 'tag' */
  readonly images?: ImagePolicy;
}

/** Settings of `replicas`. */
export interface ReplicasSettings extends PolicySettings {
  /** How many pods at least. @default 2 */
  readonly minReplicas?: number;
}

interface OwnSettings {
  readonly 'host-access': PodSecuritySettings;
  readonly 'restricted-pods': PodSecuritySettings;
  readonly 'namespace-security': NamespaceSecuritySettings;
  readonly 'image-reference': ImageReferenceSettings;
  readonly replicas: ReplicasSettings;
}

/** A level for all policies, and for each by its name a level or its settings. */
export type PolicyOptions = {
  /** What a violation of a policy does that is not named. @default each policy's own level */
  readonly level?: Exclude<PolicyLevel, 'disabled'>;
} & { readonly [Name in PolicyName]?: PolicyLevel | (Name extends keyof OwnSettings ? OwnSettings[Name] : PolicySettings) };

/** What holds for one policy. */
export interface ChosenSettings {
  readonly level: PolicyLevel;
  readonly except: Readonly<Record<string, string>>;
  /** The settings that only this policy has. */
  readonly own: JsonObject;
}

const LEVELS: readonly unknown[] = ['mandatory', 'advisory', 'disabled'];

/**
 * Reads the options.
 * @throws with everything that is wrong with them
 */
export function readOptions(options: PolicyOptions): ReadonlyMap<PolicyName, ChosenSettings> {
  const mistakes = new Mistakes();
  mistakes.unknownKeys('', options, ['level', ...POLICY_NAMES]);
  if (options.level !== undefined && options.level !== 'mandatory' && options.level !== 'advisory') mistakes.add('level', options.level, "'mandatory' and 'advisory' are allowed; policies are disabled by name");
  const chosen = new Map(POLICY_NAMES.map((name) => [name, choose(mistakes, name, options)]));
  if (mistakes.messages.length > 0) throw new Error(mistakes.messages.map((message) => `policies: ${message}`).join('\n'));
  return chosen;
}

function choose(mistakes: Mistakes, name: PolicyName, options: PolicyOptions): ChosenSettings {
  const definition: Definition = DEFINITIONS[name];
  const given: unknown = options[name] ?? {};
  if (!isPlainObject(given) && !LEVELS.includes(given)) mistakes.add(name, given, "'mandatory', 'advisory', 'disabled' and an object are allowed");
  const { level, except, ...own } = isPlainObject(given) ? given : { level: given };
  if (level !== undefined && !LEVELS.includes(level) && isPlainObject(given)) mistakes.add(`${name}.level`, level, "'mandatory', 'advisory' and 'disabled' are allowed");
  mistakes.unknownKeys(name, own, ['level', 'except', ...Object.keys(definition.settings ?? {})]);
  checkExemptions(mistakes, `${name}.except`, except);
  const settings = Object.entries(definition.settings ?? {}).map(([key, setting]) => {
    if (own[key] !== undefined && !allows(setting, own[key])) mistakes.add(`${name}.${key}`, own[key], `${allowedBy(setting)} allowed`);
    return [key, own[key] ?? setting.default];
  });
  return { level: (level ?? options.level ?? definition.level) as PolicyLevel, except: (except ?? {}) as Record<string, string>, own: Object.fromEntries(settings) as JsonObject };
}

function checkExemptions(mistakes: Mistakes, prop: string, except: unknown): void {
  if (except === undefined) return;
  if (!isPlainObject(except)) return mistakes.add(prop, except, "names with reasons are allowed, such as { 'Deployment/shop/legacy': 'the vendor mends it in May' }");
  for (const [identity, reason] of Object.entries(except)) {
    if (!identity.includes('/')) mistakes.add(prop, identity, "name the object as previews do: 'Deployment/shop/legacy'");
    if (typeof reason !== 'string' || reason.trim() === '') mistakes.add(`${prop}[${JSON.stringify(identity)}]`, reason, 'a reason is needed, for whoever reads it next');
  }
}

function allows({ enum: values, type, minimum = -Infinity }: Setting, value: unknown): boolean {
  if (values) return (values as readonly unknown[]).includes(value);
  return type === 'boolean' ? typeof value === 'boolean' : Number.isInteger(value) && (value as number) >= minimum;
}

function allowedBy({ enum: values, type, minimum }: Setting): string {
  if (values) return `${sentenceList(values.map((value) => `'${String(value)}'`))} are`;
  return type === 'boolean' ? 'true and false are' : `a whole number from ${minimum} on is`;
}
