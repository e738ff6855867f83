import * as pulumi from '@pulumi/pulumi';
import { isPlainObject, type JsonObject } from '../../core/json';
import { showPath } from '../../core/paths';

/** A resource as a program registered it. */
export interface RegisteredResource {
  /** Its URN. */
  readonly urn: string;
  /** Its type: `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Its logical name: of a Kubernetes object, its identity. */
  readonly name: string;
  /** URN of its parent; undefined at the top. */
  readonly parent: string | undefined;
  /** Whether a provider makes it; components are made by nobody. */
  readonly custom: boolean;
  /** The inputs; secrets stand in clear, what is unknown in a preview is `UNKNOWN`. */
  readonly inputs: JsonObject;
  /** Paths of the inputs that are secret: `stringData.password`. */
  readonly secrets: readonly string[];
  /** URNs of what must be there before it, given with `dependsOn` or found in the inputs. */
  readonly dependencies: readonly string[];
  /** The provider's reference; empty for the default provider. */
  readonly provider: string;
  /** Whether deleting and replacing it is refused. */
  readonly protect: boolean;
  /** Whether what it replaces goes before it comes. */
  readonly deleteBeforeReplace: boolean;
  /** Whether it stays in the cluster when it is deleted. */
  readonly retainOnDelete: boolean;
  /** Paths that are left as they are. */
  readonly ignoreChanges: readonly string[];
  /** Outputs that are secret whatever the provider says. */
  readonly additionalSecretOutputs: readonly string[];
  /** How long it may take to get ready: `660s`. */
  readonly customTimeouts: { readonly create: string; readonly update: string };
  /** Names and types that it may have in an older state. */
  readonly aliases: readonly { readonly name?: string; readonly type?: string }[];
}

/** Stands for a value that a preview does not know. */
export const UNKNOWN = '<unknown>';

const UNKNOWN_VALUE = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';

/** The parts of the engine's request that are recorded. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): { toJavaScript(): JsonObject };
  getDependenciesList(): string[];
  getProvider(): string;
  getProtect(): boolean;
  getDeletebeforereplace(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getCustomtimeouts(): { getCreate(): string; getUpdate(): string };
  getAliasesList(): { toObject(): { spec?: { name: string; type: string } } }[];
}

interface Monitor {
  registerResource(request: Request, callback: (error: unknown, response: { getUrn(): string } | undefined) => void): unknown;
}

/** Keeps what the program that runs under mocks asks for; in the order in which it is answered. */
export function recordRegistrations(): readonly RegisteredResource[] {
  const registered: RegisteredResource[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const answer = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    answer(request, (error, response) => {
      if (response) registered.push(describe(request, response.getUrn()));
      callback(error, response);
    });
  return registered;
}

function describe(request: Request, urn: string): RegisteredResource {
  const secrets: string[] = [];
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent() || undefined,
    custom: request.getCustom(),
    inputs: plain(request.getObject().toJavaScript(), [], secrets) as JsonObject,
    secrets,
    dependencies: request.getDependenciesList(),
    provider: request.getProvider(),
    protect: request.getProtect(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    retainOnDelete: request.getRetainondelete(),
    ignoreChanges: request.getIgnorechangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: { create: request.getCustomtimeouts().getCreate(), update: request.getCustomtimeouts().getUpdate() },
    aliases: request.getAliasesList().map((alias) => {
      const { name = '', type = '' } = alias.toObject().spec ?? {};
      return { ...(name === '' ? {} : { name }), ...(type === '' ? {} : { type }) };
    }),
  };
}

function plain(value: unknown, path: readonly (string | number)[], secrets: string[]): unknown {
  if (value === UNKNOWN_VALUE) return UNKNOWN;
  if (Array.isArray(value)) return value.map((item, index) => plain(item, [...path, index], secrets));
  if (!isPlainObject(value)) return value;
  if (value[SIGNATURE] === SECRET) {
    secrets.push(showPath(path));
    return plain(value.value, path, secrets);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner, [...path, key], secrets)]));
}
