import { FileSource } from '../../config/files';
import { readObject, type Shapes } from '../../core/forms';
import { isPlainObject, type JsonObject } from '../../core/json';
import { checkPortName } from '../../core/names';
import type { Mistakes } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';
import { asList } from '../../core/shape';
import type { RelabelConfig, RemoteWriteConfig } from './config';
import { escapeRegex } from '../promql/build';

/** Another store that the samples are sent to. */
export interface RemoteWriteProps {
  /** Name in metrics and of its files: a short DNS label, unique. */
  readonly name: string;
  /** Address, without credentials: `'https://metrics.example.com/api/v1/write'`. */
  readonly url: string;
  /** How Prometheus shows who it is. @default it does not */
  readonly auth?: RemoteWriteAuth;
  /** Headers, none of them secret: `{ 'X-Scope-OrgID': 'shop' }`. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Names of the metrics that are sent, whole or with `.*`. @default all */
  readonly metrics?: readonly string[];
  /** Address ranges that it answers on. @default every public address */
  readonly cidrs?: readonly string[];
}

/** How Prometheus shows who it is; secrets are keys of Secrets, made by `fileFromSecret`. */
export type RemoteWriteAuth =
  | { readonly basic: { readonly username: string; readonly password: FileSource } }
  | { readonly bearer: FileSource }
  | { readonly sigv4: { readonly region: string; readonly roleArn?: string } }
  | { readonly google: true };

const SHAPES: Shapes<RemoteWriteProps> = { name: 'text', url: 'text', auth: 'any', headers: 'map', metrics: 'texts', cidrs: 'texts' };
const WAYS = ['basic', 'bearer', 'sigv4', 'google'];
/** Headers that carry secrets, which would stand in the clear. */
const SECRET_HEADER = /authorization|cookie|api-?key|token|secret/i;

/** A store as read: its configuration, the Secrets that it needs, and where it is. */
export interface RemoteWrite {
  readonly config: RemoteWriteConfig;
  /** How Prometheus shows who it is, where that was read without a mistake. */
  readonly auth: RemoteWriteAuth | undefined;
  readonly secrets: readonly FileSource[];
  readonly port: number;
  readonly cidrs: readonly string[] | undefined;
}

/** Where the key of a Secret stands in the pod. */
export const secretPath = ({ name, key }: FileSource): string => `/etc/prometheus/secrets/${name}/${key}`;

/** Reads the `remoteWrite` prop. */
export function readRemoteWrites(problems: Mistakes, prop: string, given: readonly RemoteWriteProps[] | undefined): RemoteWrite[] {
  const names = new Set<string>();
  return asList(problems, prop, given).flatMap((one, index) => {
    const read = readRemoteWrite(problems, `${prop}[${index}]`, one);
    if (read && names.has(read.config.name)) problems.add(`${prop}[${index}].name`, read.config.name, 'another one has this name; give each its own');
    if (read) names.add(read.config.name);
    return read ? [read] : [];
  });
}

function readRemoteWrite(problems: Mistakes, prop: string, given: RemoteWriteProps): RemoteWrite | undefined {
  const { name, url: address, auth, headers, metrics, cidrs } = readObject<RemoteWriteProps>(problems, prop, given, SHAPES);
  problems.check(`${prop}.name`, name, checkPortName);
  const url = readUrl(problems, `${prop}.url`, address);
  for (const [header, value] of Object.entries(headers ?? {})) {
    if (SECRET_HEADER.test(header)) problems.refuse(`${prop}.headers.${header}`, "it would stand in the clear in a ConfigMap (the value is not shown); use 'auth', which takes the key of a Secret");
    else problems.check(`${prop}.headers.${header}`, value, () => undefined);
  }
  const shown = readAuth(problems, `${prop}.auth`, auth);
  if (name === undefined || url === undefined) return undefined;
  return {
    config: {
      name, url: url.href,
      ...(headers ? { headers } : {}),
      ...shown.config,
      ...(metrics ? { write_relabel_configs: [keepMetrics(metrics)] } : {}),
    },
    auth: Object.keys(shown.config).length === 0 ? undefined : auth,
    secrets: shown.secrets,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    cidrs,
  };
}

const keepMetrics = (names: readonly string[]): RelabelConfig => ({
  source_labels: ['__name__'], regex: names.map((name) => name.split('.*').map(escapeRegex).join('.*')).join('|'), action: 'keep',
});

function readUrl(problems: Mistakes, prop: string, address: string | undefined): URL | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (url?.username || url?.password) {
    problems.refuse(prop, "credentials in the address would stand in the clear (they are not shown); use 'auth'");
    return undefined;
  }
  if (url && /^https?:$/.test(url.protocol)) return url;
  problems.add(prop, address, 'an http or https address is allowed, such as "https://metrics.example.com/api/v1/write"');
  return undefined;
}

function readAuth(problems: Mistakes, prop: string, given: RemoteWriteAuth | undefined): { readonly config: JsonObject; readonly secrets: readonly FileSource[] } {
  const none = { config: {}, secrets: [] };
  if (given === undefined) return none;
  const keys = isPlainObject(given) ? Object.keys(given) : [];
  const [way = ''] = keys;
  if (keys.length !== 1 || !WAYS.includes(way)) {
    // What stands there may be a secret.
    problems.refuse(prop, `got ${keys.length === 0 ? 'no object' : sentenceList(keys)}; exactly one of ${sentenceList(WAYS)} is allowed${didYouMean(way, WAYS)}`);
    return none;
  }
  const { basic, bearer, sigv4, google } = given as { basic?: { username: string; password: FileSource }; bearer?: FileSource; sigv4?: { region: string; roleArn?: string }; google?: unknown };
  if (basic !== undefined) {
    if (typeof basic.username !== 'string') problems.add(`${prop}.basic.username`, basic.username, 'text is allowed');
    const password = readSecret(problems, `${prop}.basic.password`, basic.password);
    return password ? { config: { basic_auth: { username: basic.username, password_file: secretPath(password) } }, secrets: [password] } : none;
  }
  if (bearer !== undefined) {
    const token = readSecret(problems, `${prop}.bearer`, bearer);
    return token ? { config: { authorization: { credentials_file: secretPath(token) } }, secrets: [token] } : none;
  }
  if (google !== undefined) {
    if (google !== true) problems.add(`${prop}.google`, google, 'true is allowed: the identity of the service account is used');
    return { config: { google_iam: {} }, secrets: [] };
  }
  const { region, roleArn } = readObject<{ region: string; roleArn?: string }>(problems, `${prop}.sigv4`, sigv4, { region: 'text', roleArn: 'text' });
  if (region === undefined) problems.add(`${prop}.sigv4.region`, region, 'the name of a region is required, such as "eu-central-1"');
  return { config: { sigv4: { region, ...(roleArn === undefined ? {} : { role_arn: roleArn }) } }, secrets: [] };
}

function readSecret(problems: Mistakes, prop: string, given: unknown): FileSource | undefined {
  if (given instanceof FileSource && given.kind === 'secret') {
    problems.include(prop, given.mistakes);
    return given;
  }
  problems.refuse(prop, "got something else than a reference to a Secret (not shown: it may be the secret itself); use fileFromSecret('name', 'key')");
  return undefined;
}
