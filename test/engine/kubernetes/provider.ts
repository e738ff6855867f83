import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, ApiServer, isMissing, NoSuchKind, type KubeObject } from './api-server';
import { changesBetween, showPath, touches, type Change } from './diff';
import { CREATOR, isOthers, takeOver } from './field-managers';
import { immutableFields } from './immutable';
import { targetOf } from './kubeconfig';
import { normalize, prune } from './normalize';
import { judgeOf, readJudgeOf } from './readiness';
import { at, hasUnknown, hide, isObject, reveal, withValue, type Props } from './values';
import { NotReady, untilGone, untilReady, type Patience } from './waiting';

/** Shows progress beside a resource, and warnings. */
export interface Host {
  status(urn: string, text: string): void;
  warn(urn: string, text: string): void;
}

/** What an operation is about, and how long it may take. */
export interface Operation {
  readonly urn: string;
  readonly preview: boolean;
  /** Seconds; 0 where the program says nothing. */
  readonly timeout: number;
}

export interface Difference {
  readonly changes: readonly (Change & { readonly replaces: boolean })[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** The object exists, and did not become ready: the engine keeps its state and says why. */
export class InitializationFailed extends Error {
  constructor(
    message: string,
    readonly id: string,
    readonly state: Props,
    readonly reasons: readonly string[],
    readonly inputs?: Props,
  ) {
    super(message);
  }
}

const RETRIES = 5;

const idOf = ({ metadata: { name, namespace } }: KubeObject): string => (namespace === undefined ? name : `${namespace}/${name}`);

const annotated = (object: Props, name: string) => at(object, 'metadata', 'annotations', name) === 'true';

/** Does what Pulumi's Kubernetes plugin does by server-side apply, and no more. */
export class KubernetesProvider {
  private config: Readonly<Record<string, string>> = {};
  private api: ApiServer | undefined;
  private unreachable = 'it was not configured';
  private readonly canceller = new AbortController();

  constructor(private readonly host: Host) {}

  /** @param config - the provider's inputs, as text */
  async configure(config: Readonly<Record<string, string>>): Promise<void> {
    this.config = config;
    try {
      const api = new ApiServer(targetOf(config));
      await api.ping();
      this.api = api;
    } catch (error) {
      this.unreachable = (error as Error).message;
    }
  }

  cancel(): void {
    this.canceller.abort();
  }

  check(urn: string, news: Props): Props {
    if (!this.api) this.host.warn(urn, `the Kubernetes cluster is unreachable: ${this.unreachable}`);
    return hide(normalize(reveal(news)), news);
  }

  async diff(state: Props, news: Props, ignoreChanges: readonly string[]): Promise<Difference> {
    const next = normalize(reveal(news));
    const { live, inputs } = parseState(state);
    const pruned = prune(live, normalize(inputs));
    const namespaced = await this.isNamespaced(next);
    const comparable = (object: Props) => withValue(object, ['metadata', 'namespace'], namespaced ? at(object, 'metadata', 'namespace') ?? 'default' : undefined);
    const forcing = immutableFields(next, { configMaps: this.isOn('enableConfigMapMutable'), secrets: this.isOn('enableSecretMutable') });
    const before = withValue({ apiVersion: live.apiVersion, kind: live.kind, ...pruned }, ['metadata', 'name'], live.metadata.name);
    const changes = changesBetween(comparable(before), comparable(next), inputs)
      .filter((change) => !ignoreChanges.some((path) => `${showPath(change.path)}.`.startsWith(`${path}.`)))
      .map((change) => ({ ...change, replaces: touches(change, forcing) }));
    const replaces = changes.filter((change) => change.replaces).map(({ path }) => showPath(path));
    if (await this.mustRetry(next, live)) replaces.push('metadata.annotations["pulumi.com/replaceUnready"]');
    const sameName = at(next, 'metadata', 'name') === live.metadata.name && (!namespaced || (at(next, 'metadata', 'namespace') ?? 'default') === (live.metadata.namespace ?? 'default'));
    return { changes, replaces, deleteBeforeReplace: replaces.length > 0 && sameName };
  }

  async create(news: Props, operation: Operation): Promise<{ id: string; state: Props }> {
    const inputs = reveal(news);
    if (operation.preview && (!this.api || hasUnknown(inputs))) return { id: '', state: news };
    const fieldManager = this.managerOf(inputs, {});
    let written: KubeObject;
    try {
      written = await this.retrying(operation, () => this.write(inputs, fieldManager, operation.preview));
    } catch (error) {
      if (operation.preview && isHarmlessInPreview(error)) return { id: '', state: news };
      throw error;
    }
    if (operation.preview) return { id: '', state: stateOf(withoutStatus(written), inputs, news, fieldManager) };
    if (written.kind === 'CustomResourceDefinition') this.reachable().forgetKinds();
    const live = await this.awaited(written, inputs, news, fieldManager, operation);
    return { id: idOf(live), state: stateOf(live, inputs, news, fieldManager) };
  }

  async update(state: Props, news: Props, ignoreChanges: readonly string[], operation: Operation): Promise<Props> {
    const inputs = normalize(reveal(news));
    if (operation.preview && (!this.api || hasUnknown(inputs) || !(await this.isServed(inputs)))) return news;
    const fieldManager = this.managerOf(inputs, state);
    const api = this.reachable();
    const old = parseState(state).live;
    let written: KubeObject;
    try {
      written = await this.apply(await api.get(old), inputs, fieldManager, ignoreChanges, operation.preview);
    } catch (error) {
      if (operation.preview && error instanceof ApiError && error.code === 403) return news;
      const live = await api.find(old).catch(() => undefined);
      if (!live || error instanceof NoSuchKind) throw error;
      throw new InitializationFailed(`${idOf(live)} was not updated: ${(error as Error).message}`, idOf(live), stateOf(live, inputs, news, fieldManager), [(error as Error).message]);
    }
    if (operation.preview) return stateOf(withoutStatus(written), inputs, news, fieldManager);
    return stateOf(await this.awaited(written, inputs, news, fieldManager, operation), inputs, news, fieldManager);
  }

  /** @returns undefined when the object is gone */
  async read(id: string, typeToken: string, state: Props, oldInputs: Props): Promise<{ state: Props; inputs: Props } | undefined> {
    const [name, namespace] = id.split('/').reverse();
    const given = normalize(reveal(oldInputs));
    const isImport = given.kind === undefined;
    const reference = isImport ? { ...kindOfToken(typeToken), metadata: { name, namespace } } : given;
    const live = await this.reachable().find(reference).catch((error: unknown) => (error instanceof NoSuchKind ? undefined : Promise.reject(error)));
    if (!live) return undefined;
    const fieldManager = this.managerOf(given, state);
    const { status: _, ...whole } = normalize(live);
    const inputs = isImport ? whole : prune(live, given);
    const result = { state: stateOf(live, inputs, oldInputs, fieldManager), inputs: hide(inputs, oldInputs) };
    const judge = isImport || annotated(given, 'pulumi.com/skipAwait') ? undefined : readJudgeOf(live);
    const readiness = await judge?.(live, this.reachable());
    if (readiness?.ready === false) throw new InitializationFailed(`${id} is not ready`, id, result.state, readiness.messages, result.inputs);
    return result;
  }

  async delete(state: Props, operation: Operation): Promise<void> {
    const { live, inputs } = parseState(state);
    const api = this.reachable();
    const policy = String(at(inputs, 'metadata', 'annotations', 'pulumi.com/deletionPropagationPolicy') ?? 'foreground');
    try {
      await api.delete(live, policy[0]!.toUpperCase() + policy.slice(1).toLowerCase());
    } catch (error) {
      if (isMissing(error) || error instanceof NoSuchKind) return;
      throw error;
    }
    await untilGone(api, live, this.patience(operation)).catch((error: unknown) => {
      if (!(error instanceof NotReady)) throw error;
      throw new InitializationFailed(error.message, idOf(live), stateOf(error.live, inputs, state, this.managerOf(inputs, state)), [error.message, ...error.reasons]);
    });
  }

  private reachable(): ApiServer {
    if (!this.api) throw new Error(`the Kubernetes cluster is unreachable: ${this.unreachable}`);
    return this.api;
  }

  /** An option of the provider, or else of its environment: `enablePatchForce`, `PULUMI_K8S_ENABLE_PATCH_FORCE`. */
  private isOn(option: 'enableConfigMapMutable' | 'enableSecretMutable' | 'enablePatchForce' | 'upsertExistingObjects'): boolean {
    const words = option.replace('ConfigMap', 'Configmap').replace(/[A-Z]/g, (letter) => `_${letter}`);
    return (this.config[option] ?? process.env[`PULUMI_K8S_${words.toUpperCase()}`]) === 'true';
  }

  private async isNamespaced(object: Props): Promise<boolean> {
    const served = await this.api?.kind(String(object.apiVersion), String(object.kind)).catch(() => undefined);
    return served?.namespaced ?? true;
  }

  private async isServed(object: Props): Promise<boolean> {
    return this.reachable().kind(String(object.apiVersion), String(object.kind)).then(() => true, () => false);
  }

  /** Whether the object is a Job that asks to be made again where it has not completed, and has not. */
  private async mustRetry(next: Props, old: KubeObject): Promise<boolean> {
    if (!annotated(next, 'pulumi.com/replaceUnready') || next.kind !== 'Job' || !this.api) return false;
    const live = await this.api.find(old).catch(() => undefined);
    return live !== undefined && !(await judgeOf(live)!(live, this.api)).ready;
  }

  private managerOf(inputs: Props, state: Props): string {
    const named = at(inputs, 'metadata', 'annotations', 'pulumi.com/patchFieldManager') ?? state.__fieldManager;
    return typeof named === 'string' ? named : `${CREATOR}-${randomBytes(4).toString('hex')}`;
  }

  /** What exists already is refused, unless the provider was told to take it over. */
  private write(inputs: Props, fieldManager: string, dryRun: boolean): Promise<KubeObject> {
    const force = dryRun || this.isForced(inputs);
    return this.isOn('upsertExistingObjects') ? this.reachable().apply(inputs, { fieldManager, dryRun, force }) : this.reachable().create(inputs, { fieldManager: CREATOR, dryRun });
  }

  private isForced(inputs: Props): boolean {
    return annotated(inputs, 'pulumi.com/patchForce') || this.isOn('enablePatchForce');
  }

  private async apply(found: KubeObject, inputs: Props, fieldManager: string, ignoreChanges: readonly string[], dryRun: boolean): Promise<KubeObject> {
    const api = this.reachable();
    if (inputs.kind === 'CustomResourceDefinition') return api.replace(withValue(inputs, ['metadata', 'resourceVersion'], found.metadata.resourceVersion), { fieldManager, dryRun });
    const live = dryRun ? found : await takeOver(api, found, fieldManager);
    const created = ((live.metadata.managedFields ?? []) as readonly { manager: string; operation: string }[]).some(({ manager, operation }) => manager === CREATOR && operation === 'Update');
    const force = this.isForced(inputs) || (dryRun && created);
    return api.apply(ignoreChanges.reduce((object, path) => leave(object, live, path.split('.'), fieldManager), inputs), { fieldManager, dryRun, force }).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === 409) throw new Error(`another field manager owns what ${fieldManager} would change: ${error.message}`, { cause: error });
      throw error;
    });
  }

  /** What must be there first may be on its way: a definition, a namespace. */
  private async retrying<T>({ urn, preview }: Operation, work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const isEarly = error instanceof NoSuchKind || isMissing(error);
        if (!isEarly || preview || attempt >= RETRIES || this.canceller.signal.aborted) throw error;
        this.host.status(urn, `retry ${attempt + 1}: ${(error as Error).message}`);
        await sleep(500 * 2 ** attempt);
      }
    }
  }

  private async awaited(written: KubeObject, inputs: Props, news: Props, fieldManager: string, operation: Operation): Promise<KubeObject> {
    try {
      return await untilReady(this.reachable(), written, this.patience(operation));
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      const text = `${error.live.kind} ${idOf(error.live)} was written, but did not become ready: ${error.message}`;
      throw new InitializationFailed(text, idOf(error.live), stateOf(error.live, inputs, news, fieldManager), [text, ...error.reasons]);
    }
  }

  private patience({ urn, timeout }: Operation): Patience {
    return { timeout, cancelled: this.canceller.signal, onProgress: (text) => this.host.status(urn, text) };
  }
}

/** The field at the path as it is: left out where another manager owns it, else with the value that it has. */
function leave(object: Props, live: KubeObject, path: readonly string[], fieldManager: string): Props {
  if (isOthers(live, path, fieldManager)) return withValue(object, path, undefined);
  const value = at(live, ...path);
  return value === undefined ? object : withValue(object, path, value);
}

/** The namespace or the definition may come with the same update; what exists may be about to be replaced. */
function isHarmlessInPreview(error: unknown): boolean {
  return error instanceof NoSuchKind || (error instanceof ApiError && [403, 404, 409].includes(error.code));
}

const withoutStatus = ({ status: _, ...object }: KubeObject) => object as KubeObject;

/** What the engine keeps of an object: all that the API server says, and from which inputs it was made. */
function stateOf(live: KubeObject, inputs: Props, secrets: Props, fieldManager: string): Props {
  const own = reveal(secrets);
  return { ...hide(live, secrets), __inputs: hide(inputs, secrets), __initialApiVersion: own.__initialApiVersion ?? inputs.apiVersion, __fieldManager: fieldManager };
}

function parseState(state: Props): { live: KubeObject; inputs: Props } {
  const { __inputs: inputs, __initialApiVersion: _version, __fieldManager: _manager, ...live } = reveal(state);
  return { live: live as KubeObject, inputs: isObject(inputs) ? inputs : {} };
}

/** `kubernetes:apps/v1:Deployment` is a Deployment of apps/v1. */
function kindOfToken(token: string): Props {
  const [, apiVersion = '', kind = ''] = token.split(':');
  return { apiVersion: apiVersion.replace(/^core\//, ''), kind };
}
