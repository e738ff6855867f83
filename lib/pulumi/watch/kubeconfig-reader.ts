import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest, type RequestOptions } from 'node:https';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiObject } from './api-objects';
import { ReadError, type ClusterReader, type Listener, type ReadKind } from './cluster-reader';

const APPS = { group: 'apis/apps/v1' };
const PATHS: Readonly<Record<ReadKind, { readonly group: string; readonly plural: string }>> = {
  Deployment: { ...APPS, plural: 'deployments' },
  StatefulSet: { ...APPS, plural: 'statefulsets' },
  DaemonSet: { ...APPS, plural: 'daemonsets' },
  ReplicaSet: { ...APPS, plural: 'replicasets' },
  Job: { group: 'apis/batch/v1', plural: 'jobs' },
  Pod: { group: 'api/v1', plural: 'pods' },
  PersistentVolumeClaim: { group: 'api/v1', plural: 'persistentvolumeclaims' },
  Event: { group: 'api/v1', plural: 'events' },
};
/** Tries in a row before a cluster that does not answer is given up. */
const TRIES = 5;
/** Milliseconds before the second try; doubled for each further one. */
const PAUSE = 500;
/** Times of the API server have no fractions of a second, twice. */
const ROUNDING = 2000;

/** The API server has forgotten the changes since the version asked for. */
const GONE = 410;
const TOO_MANY = 429;

/** What of a kubeconfig is needed: where the cluster is, and the credentials for a request. */
interface Access {
  readonly server: string;
  readonly namespace: string;
  readonly authorize: (options: RequestOptions) => Promise<void>;
}

/** How far a watch has got; undefined before it begins, and after the API server forgot what was. */
interface Place {
  version: string | undefined;
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: ApiObject & { readonly metadata: { readonly resourceVersion?: string }; readonly code?: number; readonly message?: string };
}

/** Reads a cluster with the credentials of a kubeconfig, plugins that fetch them included; needs the right to `watch` only. */
export class KubeconfigReader implements ClusterReader {
  public readonly namespace: string;
  public startedAt: number | undefined;
  private readonly made = performance.now();

  private constructor(private readonly access: Access) {
    this.namespace = access.namespace;
  }

  /**
   * @param kubeconfig - the path of a kubeconfig, or its text; the one that kubectl takes where undefined
   * @param context - the context; the current one where undefined
   * @throws {@link ReadError} when it names no cluster, or `@kubernetes/client-node` is not installed
   */
  public static async open(kubeconfig: string | undefined, context: string | undefined): Promise<KubeconfigReader> {
    const { KubeConfig } = await import('@kubernetes/client-node').catch(() => {
      throw new ReadError('the package @kubernetes/client-node is not installed: `npm install @kubernetes/client-node`');
    });
    const config = new KubeConfig();
    if (kubeconfig === undefined) config.loadFromDefault();
    else if (/[\n{]/.test(kubeconfig)) config.loadFromString(kubeconfig);
    else config.loadFromFile(kubeconfig);
    if (context !== undefined) config.setCurrentContext(context);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined) throw new ReadError(`the kubeconfig has no context "${config.getCurrentContext()}" with a cluster`);
    const namespace = config.getContextObject(config.getCurrentContext())?.namespace ?? 'default';
    return new KubeconfigReader({ server, namespace, authorize: (options) => config.applyToHTTPSOptions(options) });
  }

  public async follow(kind: ReadKind, namespace: string, listener: Listener, signal: AbortSignal): Promise<void> {
    const place: Place = { version: undefined };
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.connect(kind, namespace, listener, place, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ReadError || ++failures === TRIES) throw error instanceof ReadError ? error : new ReadError((error as Error).message, { cause: error });
      }
      await sleep(PAUSE * 2 ** failures, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** One connection, which the API server ends after a while; the next goes on where it ended. */
  private async connect(kind: ReadKind, namespace: string, listener: Listener, place: Place, signal: AbortSignal): Promise<void> {
    const response = await this.get(kind, namespace, place, signal);
    // Without a version, the API server tells all that is there before it tells changes.
    if (place.version === undefined) listener.reset();
    for await (const line of linesOf(response)) {
      const { type, object } = JSON.parse(line) as WatchEvent;
      if (type === 'ERROR') {
        place.version = undefined;
        return;
      }
      place.version = object.metadata.resourceVersion;
      if (type === 'DELETED') listener.removed(object);
      else if (type !== 'BOOKMARK') listener.changed(object);
    }
  }

  private async get(kind: ReadKind, namespace: string, place: Place, signal: AbortSignal): Promise<IncomingMessage> {
    const { group, plural } = PATHS[kind];
    const query = new URLSearchParams({ watch: 'true', allowWatchBookmarks: 'true', ...(place.version === undefined ? {} : { resourceVersion: place.version }) });
    const url = new URL(`${this.access.server.replace(/\/$/, '')}/${group}/namespaces/${encodeURIComponent(namespace)}/${plural}?${query}`);
    const options: RequestOptions = { method: 'GET', headers: { Accept: 'application/json' }, signal };
    await this.access.authorize(options);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === 'http:' ? plainRequest : tlsRequest)(url, options, resolve);
      // The watch must not keep a program alive that is done.
      request.on('socket', (socket) => socket.unref()).on('error', reject).end();
    });
    this.noteTime(response);
    if (response.statusCode === 200) return response;
    if (response.statusCode === GONE) place.version = undefined;
    throw await refused(response, plural, namespace);
  }

  private noteTime({ headers }: IncomingMessage): void {
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) this.startedAt ??= date - (performance.now() - this.made) - ROUNDING;
  }
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const part of response) {
    const lines = (rest + String(part)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

/** An answer that no further try would change is a ReadError. */
async function refused(response: IncomingMessage, plural: string, namespace: string): Promise<Error> {
  const { statusCode = 0 } = response;
  let text = '';
  for await (const part of response) text += String(part);
  const message = `${plural} in namespace ${namespace}: ${messageIn(text) ?? `the API server answered ${statusCode}`}`;
  return statusCode >= 400 && statusCode < 500 && statusCode !== GONE && statusCode !== TOO_MANY ? new ReadError(message) : new Error(message);
}

function messageIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return undefined;
  }
}
