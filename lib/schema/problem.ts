import type { ErrorObject } from 'ajv';
import { didYouMean } from '../core/suggest';
import type { JsonSchema } from './json-schema';
import { pathOf } from './pointer';

/** Something in a manifest that Kubernetes would refuse or drop. */
export interface SchemaProblem {
  /** Where, such as `spec.template.spec.containers[0].image`; empty for the manifest as a whole. */
  readonly path: string;
  /** What is wrong and what is allowed. */
  readonly message: string;
}

/** The errors of Ajv in our words; the ones inside a failed `anyOf` and its kin are told by that one alone. */
export function problemsOf(errors: readonly ErrorObject[]): SchemaProblem[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const outer = errors.filter((error) => !unions.some((union) => isInside(error, union)));
  const problems = outer.map((error) => ({ path: pathOf(error.instancePath), message: messageOf(error) }));
  return [...new Map(problems.map((problem) => [`${problem.path} ${problem.message}`, problem])).values()];
}

function isInside(error: ErrorObject, union: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${union.schemaPath}/`) && error.instancePath.startsWith(union.instancePath);
}

type Params = Readonly<Record<string, unknown>>;

const MESSAGES: Readonly<Record<string, (params: Params, schema: JsonSchema) => string>> = {
  required: ({ missingProperty }) => `missing required field "${missingProperty as string}"`,
  additionalProperties: ({ additionalProperty }, schema) =>
    `unknown field "${additionalProperty as string}"${didYouMean(additionalProperty as string, Object.keys(schema.properties ?? {}))}`,
  type: ({ type }) => `must be ${[type].flat().join(' or ')}`,
  enum: ({ allowedValues }) => `must be one of ${allowed(allowedValues as unknown[])}`,
  pattern: ({ pattern }) => `must match ${pattern as string}`,
  minLength: ({ limit }) => `must have at least ${count(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${count(limit, 'character')}`,
  minItems: ({ limit }) => `must have at least ${count(limit, 'item')}`,
  maxItems: ({ limit }) => `must have at most ${count(limit, 'item')}`,
  minProperties: ({ limit }) => `must have at least ${count(limit, 'field')}`,
  maxProperties: ({ limit }) => `must have at most ${count(limit, 'field')}`,
  anyOf: (_params, { anyOf }) => `must match one of ${JSON.stringify(anyOf)}`,
  oneOf: (_params, { oneOf }) => `must match exactly one of ${JSON.stringify(oneOf)}`,
  not: (_params, { not }) => `must not match ${JSON.stringify(not)}`,
};

/** Keywords whose message is complete without the value. */
const WITHOUT_VALUE = new Set([
  'required',
  'additionalProperties',
  'minProperties',
  'maxProperties',
  'minItems',
  'maxItems',
]);

function messageOf(error: ErrorObject): string {
  const schema = error.parentSchema as JsonSchema;
  const message = schema.title ? `must be ${schema.title}` : plainMessage(error, schema);
  return WITHOUT_VALUE.has(error.keyword) ? message : `${message}, got ${shown(error.data)}`;
}

function plainMessage(error: ErrorObject, schema: JsonSchema): string {
  return MESSAGES[error.keyword]?.(error.params, schema) ?? error.message ?? error.keyword;
}

/** Go's empty string for "unset" is not worth telling. */
function allowed(values: readonly unknown[]): string {
  const told = values.filter((value) => value !== '' && value !== null);
  return told.map((value) => JSON.stringify(value)).join(', ');
}

function count(limit: unknown, what: string): string {
  return `${limit as number} ${what}${limit === 1 ? '' : 's'}`;
}

const SHOWN_LENGTH = 60;

/** Scalars as they are, lists and objects by what they are. */
function shown(data: unknown): string {
  if (Array.isArray(data)) {
    return 'a list';
  }
  if (typeof data === 'object' && data !== null) {
    return 'an object';
  }
  const text = JSON.stringify(data) ?? String(data);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
