import type * as z from 'zod';
import { describeAllowed } from './allowed';
import { readConfigFile } from './config-file';
import { EnvironmentError, type EnvironmentProblem } from './error';
import { explainIssue, type Finding, UNKNOWN_KEY } from './explain';
import { formatKeyPath, isWithin, type KeyPath } from './key-path';
import { isAccepted } from './schema';
import type { SecretReference } from './secret-reference';
import { ValueReader } from './values';

/** Where the text of an environment comes from. */
export interface EnvironmentSource {
  /** The file's name, for messages. */
  readonly file: string;
  /** The name of the Pulumi project: the namespace of the keys that the schema describes. */
  readonly project: string;
  /** The environment's name: Pulumi's stack name. */
  readonly name: string;
}

/** An environment, read and validated. */
export interface Environment<T> {
  /** Its name, such as `staging`. */
  readonly name: string;
  /** The file that describes it, such as `Pulumi.staging.yaml`. */
  readonly file: string;
  /** What the file says, in the schema's types. */
  readonly config: T;
  /** The encrypted values in it, in the order of their key paths; none is decrypted. */
  readonly secrets: readonly SecretReference[];
}

/**
 * Reads an environment from text, without touching the disk.
 * @throws EnvironmentError that names every mistake: file, key path, what is there and what is allowed
 */
export function parseEnvironment<T>(text: string, source: EnvironmentSource, schema: z.ZodType<T>): Environment<T> {
  const { file, project, name } = source;
  const { entries, problems } = readConfigFile(text, file, project);
  const reader = new ValueReader(file, project);
  const values = reader.readSection(entries, []);
  const result = schema.safeParse(values, { error: describeAllowed, reportInput: true });
  const findings = (result.error?.issues ?? []).flatMap((issue) => explainIssue(issue, (keys) => reader.sourceOf(keys)));
  const all = [...problems, ...reader.problems, ...schemaProblems(findings, reader, source)].map(({ path, got, allowed }) => ({ file, path, got, allowed }));
  if (!result.success || all.length > 0) throw new EnvironmentError(all);
  return { name, file, config: result.data, secrets: reader.secrets };
}

/** The schema's findings, except those about places that are already known to be wrong, and the misplaced secrets. */
function schemaProblems(findings: readonly Finding[], reader: ValueReader, source: EnvironmentSource): EnvironmentProblem[] {
  const misplaced = reader.secrets.filter((reference) => !isAccepted(reference)).map(({ keys }) => keys);
  const covered: KeyPath[] = [...reader.problems.map(({ keys }) => keys), ...misplaced];
  const rest = findings.filter(({ keys }) => !covered.some((known) => isWithin(keys, known)));
  return [...rest, ...misplaced.flatMap((keys) => explainMisplaced(keys, findings) ?? [])].map((finding) => placed(finding, source));
}

/** An encrypted value that no `secret()` took; undefined when a mistake further up explains it. */
function explainMisplaced(keys: KeyPath, findings: readonly Finding[]): Finding | undefined {
  const relevant = findings.filter((finding) => isWithin(keys, finding.keys));
  const here = relevant.find((finding) => finding.keys.length === keys.length);
  if (here === undefined) return relevant.length > 0 ? undefined : { keys, got: 'an encrypted value', allowed: 'a value that is not encrypted' };
  return here.got === UNKNOWN_KEY ? here : { keys, got: 'an encrypted value', allowed: `${here.allowed}, not encrypted` };
}

function placed({ keys, got, allowed, secret }: Finding, { file, project, name }: EnvironmentSource): EnvironmentProblem {
  const path = formatKeyPath(project, keys);
  const command = `pulumi config set --stack ${name} --secret --path '${path}'`;
  return { file, path, got, allowed: secret === true ? `${allowed}: ${command}` : allowed };
}
