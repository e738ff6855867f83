import { Agent, request } from 'node:https';
import type { Target } from './kubeconfig';
import { at, type Props } from './values';

/** An object as the API server shows it. */
export interface KubeObject extends Props {
  apiVersion: string;
  kind: string;
  metadata: Props & { name: string; namespace?: string; resourceVersion?: string; uid?: string; generation?: number };
}

/** How a kind is served. */
export interface Served {
  /** Its name in paths: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}

/** The API server said no. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly code: number,
    /** `AlreadyExists`, `Conflict`, `Forbidden`, `NotFound`. */
    readonly reason: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

/** The API server serves no such kind; its definition may not be there yet. */
export class NoSuchKind extends Error {}

/** How a change is written. */
export interface WriteOptions {
  readonly fieldManager: string;
  readonly dryRun: boolean;
  readonly force?: boolean;
}

/** Talks to one API server over connections that are kept. */
export class ApiServer {
  private readonly agent: Agent;
  private served = new Map<string, Promise<ReadonlyMap<string, Served>>>();

  constructor(private readonly target: Target) {
    const { ca, insecure, certificate: cert, key } = target;
    this.agent = new Agent({ keepAlive: true, maxSockets: 32, ca, cert, key, rejectUnauthorized: !insecure });
  }

  /** @throws when it can't be reached */
  async ping(): Promise<void> {
    await this.call('GET', '/version');
  }

  /** Forgets which kinds are served. */
  forgetKinds(): void {
    this.served = new Map();
  }

  /** How a kind is served. @throws NoSuchKind */
  async kind(apiVersion: string, kind: string): Promise<Served> {
    const known = await this.kindsOf(apiVersion);
    const found = known.get(kind);
    if (found) return found;
    this.served.delete(apiVersion);
    throw new NoSuchKind(`the API server serves no ${kind} of ${apiVersion}; the definition of its kind must be made first`);
  }

  create(object: Props, { fieldManager, dryRun }: WriteOptions): Promise<KubeObject> {
    return this.write('POST', object, { fieldManager, ...(dryRun ? { dryRun: 'All' } : {}) }, 'application/json', false);
  }

  /** Server-side apply. */
  apply(object: Props, { fieldManager, dryRun, force = false }: WriteOptions): Promise<KubeObject> {
    return this.write('PATCH', object, { fieldManager, force: String(force), ...(dryRun ? { dryRun: 'All' } : {}) }, 'application/apply-patch+yaml', true);
  }

  replace(object: Props, { fieldManager, dryRun }: WriteOptions): Promise<KubeObject> {
    return this.write('PUT', object, { fieldManager, ...(dryRun ? { dryRun: 'All' } : {}) }, 'application/json', true);
  }

  async patch(object: KubeObject, operations: readonly object[]): Promise<KubeObject> {
    return this.call('PATCH', await this.pathOf(object, object.metadata.name), operations, 'application/json-patch+json') as Promise<KubeObject>;
  }

  async get(reference: Props): Promise<KubeObject> {
    return (await this.call('GET', await this.pathOf(reference, String(at(reference, 'metadata', 'name'))))) as KubeObject;
  }

  /** The object; undefined where there is none. */
  async find(reference: Props): Promise<KubeObject | undefined> {
    return this.get(reference).catch((error: unknown) => (isMissing(error) ? undefined : Promise.reject(error)));
  }

  async list(apiVersion: string, kind: string, namespace: string | undefined, selector = ''): Promise<KubeObject[]> {
    const path = await this.pathOf({ apiVersion, kind, metadata: { namespace } });
    const query = selector === '' ? '' : `?labelSelector=${encodeURIComponent(selector)}`;
    const { items } = (await this.call('GET', `${path}${query}`)) as { items: KubeObject[] };
    return items;
  }

  async delete(reference: Props, propagationPolicy: string): Promise<void> {
    await this.call('DELETE', await this.pathOf(reference, String(at(reference, 'metadata', 'name'))), { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy });
  }

  private async write(method: string, object: Props, query: Record<string, string>, contentType: string, named: boolean): Promise<KubeObject> {
    const path = await this.pathOf(object, named ? String(at(object, 'metadata', 'name')) : undefined);
    return (await this.call(method, `${path}?${new URLSearchParams({ ...query, fieldValidation: 'Warn' }).toString()}`, object, contentType)) as KubeObject;
  }

  private async pathOf(object: Props, name?: string): Promise<string> {
    const { plural, namespaced } = await this.kind(String(object.apiVersion), String(object.kind));
    const namespace = String(at(object, 'metadata', 'namespace') ?? this.target.namespace ?? 'default');
    return [groupPath(String(object.apiVersion)), ...(namespaced ? ['namespaces', namespace] : []), plural, ...(name === undefined ? [] : [name])].join('/');
  }

  private kindsOf(apiVersion: string): Promise<ReadonlyMap<string, Served>> {
    let known = this.served.get(apiVersion);
    if (!known) {
      known = this.discover(apiVersion);
      known.catch(() => this.served.delete(apiVersion));
      this.served.set(apiVersion, known);
    }
    return known;
  }

  private async discover(apiVersion: string): Promise<ReadonlyMap<string, Served>> {
    type Resource = { name: string; kind: string; namespaced: boolean };
    const { resources } = (await this.call('GET', groupPath(apiVersion)).catch((error: unknown) => (isMissing(error) ? { resources: [] } : Promise.reject(error)))) as { resources: Resource[] };
    return new Map(resources.filter(({ name }) => !name.includes('/')).map(({ name, kind, namespaced }) => [kind, { plural: name, namespaced }]));
  }

  private call(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<unknown> {
    const { server, token } = this.target;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { accept: 'application/json', ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    return new Promise((resolve, reject) => {
      const sent = request(`${server}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve(read(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')));
          } catch (error) {
            reject(error as Error);
          }
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.code === 404;

const groupPath = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

function read(status: number, text: string): unknown {
  const body = parse(text);
  if (status < 400) return body;
  throw new ApiError(String(at(body, 'message') ?? text), status, String(at(body, 'reason') ?? ''), at(body, 'details'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an error page of something in between
  }
}
