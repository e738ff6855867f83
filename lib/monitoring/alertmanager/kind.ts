import { FileSource } from '../../config/files';
import { readObject, type Shapes } from '../../core/forms';
import { isPlainObject, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';

/** What every way of notifying takes. */
export interface NotificationProps {
  /** Whether it is told when an alert is over. @default true */
  readonly sendResolved?: boolean;
}

/** A key of a Secret, as the operator's custom resources name it. */
export interface SecretKeySelector {
  readonly name: string;
  readonly key: string;
}

/** Where Alertmanager finds the value of a key of a Secret: a file, in its own configuration, or the key, in a custom resource. */
export const fileOf = (source: FileSource): string => `${SECRETS_FOLDER}/${source.name}/${source.key}`;
/** The key itself. */
export const keyOf = ({ name, key }: FileSource): SecretKeySelector => ({ name, key });

/** Where the Secrets with credentials are mounted, a folder each; the operator mounts them there too. */
export const SECRETS_FOLDER = '/etc/alertmanager/secrets';

/** One way of notifying: how its props are read, and written in each of the two forms. */
export interface Kind<P extends NotificationProps> {
  /** The form of each prop. */
  readonly shapes: Shapes<P>;
  /** Props that must be given. */
  readonly required: readonly (keyof P & string)[];
  /** Props whose value is a key of a Secret. */
  readonly references: readonly (keyof P & string)[];
  /** Sets of references of which exactly one is required. @default the references all together; empty: none is */
  readonly credentials?: readonly (readonly (keyof P & string)[])[];
  /** Further checks. @default none */
  readonly check?: (problems: Mistakes, prop: string, props: P) => void;
  /** As Alertmanager's configuration has it. */
  readonly config: (props: P) => JsonObject;
  /** As the AlertmanagerConfig resource has it. @default the resource lacks this kind */
  readonly resource?: (props: P) => JsonObject;
  /** The prop that the resource lacks, if it is given. @default it has all */
  readonly lacking?: (props: P) => string | undefined;
}

/** What is said where a reference to a Secret is missing; never with the value, which may be the secret itself. */
const REFERENCE = "a reference to a key of a Secret is required, fileFromSecret('name', 'key'); credentials never stand in the program";

/** Reads one notification; what is missing or wrong is reported. No value is shown that may be a secret. */
export function readNotification<P extends NotificationProps>(problems: Mistakes, prop: string, kind: Kind<P>, given: P): P {
  if (!isPlainObject(given)) {
    problems.refuse(prop, 'an object is allowed');
    return {} as P;
  }
  const known = Object.keys(kind.shapes);
  for (const key of Object.keys(given)) if (!known.includes(key)) problems.refuse(`${prop}.${key}`, `no such prop here${didYouMean(key, known)}`);
  const references = kind.references.flatMap((key) => {
    const source = readReference(problems, `${prop}.${key}`, given[key], kind.shapes[key] === 'any');
    return source === undefined ? [] : [[key, source] as const];
  });
  const plain = Object.entries(given).filter(([key]) => known.includes(key) && !kind.references.includes(key as keyof P & string));
  const read = { ...readObject<P>(problems, prop, Object.fromEntries(plain) as unknown as P, kind.shapes), ...Object.fromEntries(references) } as unknown as P;
  checkCredentials(problems, prop, kind, read);
  for (const key of kind.required) if ((given as Record<string, unknown>)[key] === undefined) problems.add(`${prop}.${key}`, undefined, 'a value is required');
  kind.check?.(problems, prop, read);
  return read;
}

/** The reference; plain text is let through where an address may be no secret. */
function readReference(problems: Mistakes, prop: string, value: unknown, plain: boolean): FileSource | string | undefined {
  if (value === undefined || (plain && typeof value === 'string')) return value;
  if (value instanceof FileSource && value.kind === 'secret') {
    problems.include(prop, value.mistakes);
    return value;
  }
  problems.refuse(prop, REFERENCE);
  return INVALID;
}

/** Stands for a reference that was refused already. */
const INVALID = new FileSource('secret', 'invalid', 'invalid');

function checkCredentials<P extends NotificationProps>(problems: Mistakes, prop: string, { references, credentials = [references] }: Kind<P>, given: P): void {
  const some = credentials.filter((set) => set.some((key) => given[key] !== undefined));
  const names = (sets: readonly (readonly string[])[]) => sentenceList(sets.map((set) => `'${set.join("' with '")}'`));
  if (some.length > 1) problems.refuse(prop, `got ${names(some)}; one of them is allowed`);
  else if (some.length === 0 && credentials.length > 1) problems.refuse(prop, `one of ${names(credentials)} is required: ${REFERENCE}`);
  else for (const key of some[0] ?? credentials[0] ?? []) if (given[key] === undefined) problems.refuse(`${prop}.${key}`, `got nothing; ${REFERENCE}`);
}

/** The templates that messages are made of; see `templates.ts`. */
export const TEXT = {
  title: template('title'), link: template('link'), color: template('color'), severity: template('severity'), priority: template('priority'),
  text: template('text'), markdown: template('markdown'), slack: template('slack'), html: template('html'), mail: template('mail'),
} as const;

function template(name: string): string {
  return `{{ template "fairlead.${name}" . }}`;
}

/** Whether it is told of the end, in both forms. */
export const resolved = ({ sendResolved = true }: NotificationProps): { readonly config: JsonObject; readonly resource: JsonObject } => ({ config: { send_resolved: sendResolved }, resource: { sendResolved } });

/** An address over HTTP that may stand in a manifest: it has no user and password in it. */
export function addressProblem(url: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:/.test(url)) return 'an address is allowed, such as "https://example.com/hook"';
  const { username, password, search } = new URL(url);
  return username !== '' || password !== '' || search !== '' ? "an address with a user, a password or a query may be secret; put it into a Secret and give fileFromSecret('name', 'key')" : undefined;
}
