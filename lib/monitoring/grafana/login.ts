import { fileFromSecret, type FileInput } from '../../config/files';
import type { SecretInput } from '../../config/references';
import { readObject, type Shapes } from '../../core/forms';
import { isPlainObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { sentenceList } from '../../core/suggest';

/** A key of a Secret, mounted as a file. */
export interface SecretKey {
  /** The Secret, or its name. */
  readonly secret: SecretInput;
  /** The key. */
  readonly key: string;
}

/** What a user of Grafana may do. */
export type GrafanaRole = 'Admin' | 'Editor' | 'Viewer';

/** Login through an identity provider that speaks OpenID Connect. */
export interface LoginProps {
  /** Name on the button. @default 'Single sign-on' */
  readonly name?: string;
  /** Id of the client that stands for Grafana. */
  readonly clientId: string;
  /** Its secret. */
  readonly clientSecret: SecretKey;
  /** Where users log in. */
  readonly authUrl: string;
  /** Where Grafana gets tokens. */
  readonly tokenUrl: string;
  /** Where Grafana asks who the user is. */
  readonly userInfoUrl: string;
  /** What it asks for. @default ['openid', 'profile', 'email'], and 'groups' where `roles` are given */
  readonly scopes?: readonly string[];
  /** The groups whose members are administrators and editors. @default everyone is a viewer */
  readonly roles?: RolesProps;
  /** Whether the form for name and password stays: the way in when the provider is down. @default true */
  readonly passwordForm?: boolean;
}

/** Which groups get which role. */
export interface RolesProps {
  /** The claim that lists a user's groups. @default 'groups' */
  readonly claim?: string;
  /** Groups of administrators. @default none */
  readonly admins?: readonly string[];
  /** Groups of editors. @default none */
  readonly editors?: readonly string[];
  /** The role of all others; `false` keeps them out. @default 'Viewer' */
  readonly others?: GrafanaRole | false;
}

const SHAPES: Shapes<LoginProps> = { name: 'text', clientId: 'text', clientSecret: 'any', authUrl: 'text', tokenUrl: 'text', userInfoUrl: 'text', scopes: 'texts', roles: 'any', passwordForm: 'truth' };
const ROLES_SHAPES: Shapes<RolesProps> = { claim: 'text', admins: 'texts', editors: 'texts', others: 'any' };
const SCOPES = ['openid', 'profile', 'email'];
const CLAIM = 'groups';
const OTHERS: readonly unknown[] = ['Admin', 'Editor', 'Viewer', false];
const SECRET_FILE = '/etc/grafana/secrets/client-secret';

/** Settings of Grafana and the files that they name. */
export interface Settings {
  readonly config: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, FileInput>>;
}

/** Reads a reference to a key of a Secret; what else is given may be the secret itself and is not shown. */
function readSecretKey(problems: Mistakes, prop: string, given: SecretKey | undefined): FileInput | undefined {
  if (!isPlainObject(given) || Object.keys(given).some((key) => key !== 'secret' && key !== 'key')) {
    problems.refuse(prop, `got ${given === undefined ? 'nothing' : 'something else'}; a key of a Secret is required, such as { secret: 'grafana', key: 'password' }; never the password itself`);
    return undefined;
  }
  const { secret, key } = given as Partial<SecretKey>;
  const source = fileFromSecret(secret ?? '', key ?? '');
  problems.include(prop, source.mistakes);
  return source.mistakes.messages.length > 0 ? undefined : source;
}

/** The file of a key of a Secret; none where the reference is wrong. */
export function secretFile(problems: Mistakes, prop: string, given: SecretKey | undefined, path: string): Readonly<Record<string, FileInput>> {
  const source = readSecretKey(problems, prop, given);
  return source === undefined ? {} : { [path]: source };
}

/** Reads the `login` prop into Grafana's settings. */
export function readLogin(problems: Mistakes, given: LoginProps): Settings {
  const props = readObject<LoginProps>(problems, 'login', given, SHAPES);
  for (const key of ['authUrl', 'tokenUrl', 'userInfoUrl'] as const) problems.check(`login.${key}`, props[key], checkUrl);
  problems.check('login.clientId', props.clientId, (id) => (id === '' ? 'the id of a client is required' : undefined));
  const { name = 'Single sign-on', clientId = '', authUrl = '', tokenUrl = '', userInfoUrl = '', passwordForm = true, roles } = props;
  const scopes = props.scopes ?? (roles ? [...SCOPES, CLAIM] : SCOPES);
  const settings = {
    ENABLED: true, NAME: name, CLIENT_ID: clientId, CLIENT_SECRET__FILE: SECRET_FILE, AUTH_URL: authUrl, TOKEN_URL: tokenUrl, API_URL: userInfoUrl, SCOPES: scopes.join(' '),
    USE_PKCE: true, USE_REFRESH_TOKEN: true, ALLOW_SIGN_UP: true, ...readRoles(problems, roles),
  };
  return {
    config: { ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`GF_AUTH_GENERIC_OAUTH_${key}`, String(value)])), GF_AUTH_DISABLE_LOGIN_FORM: String(!passwordForm) },
    files: secretFile(problems, 'login.clientSecret', props.clientSecret, SECRET_FILE),
  };
}

function checkUrl(url: string): string | undefined {
  return URL.canParse(url) && new URL(url).protocol === 'https:' ? undefined : 'an https address of the identity provider is allowed';
}

/** Grafana picks the role by an expression (JMESPath) over what the provider says of the user. */
function readRoles(problems: Mistakes, given: RolesProps | undefined): Readonly<Record<string, string | boolean>> {
  const { claim = CLAIM, admins = [], editors = [], others = 'Viewer' } = readObject<RolesProps>(problems, 'login.roles', given, ROLES_SHAPES);
  if (!OTHERS.includes(others)) problems.add('login.roles.others', others, `${sentenceList(["'Admin'", "'Editor'", "'Viewer'", 'false'])} are allowed`);
  problems.check('login.roles.claim', claim, (name) => (/^[A-Za-z_][\w.]*$/.test(name) ? undefined : 'the name of a claim is allowed, such as "groups"'));
  const members = (prop: string, groups: readonly string[], role: GrafanaRole) => groups.map((group) => {
    if (/['\\`]/.test(group)) problems.add(`login.roles.${prop}`, group, 'the name of a group without quotes and "\\" is allowed');
    return `contains(${claim}[*], '${group}') && '${role}'`;
  });
  const path = [...members('admins', admins, 'Admin'), ...members('editors', editors, 'Editor'), ...(others === false ? [] : [`'${others}'`])].join(' || ');
  if (others === false && path === '') problems.add('login.roles.others', false, "nobody could log in; name 'admins' or 'editors'");
  return { ROLE_ATTRIBUTE_PATH: path, ROLE_ATTRIBUTE_STRICT: others === false };
}
