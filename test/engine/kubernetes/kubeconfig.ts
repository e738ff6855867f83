import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { at, isObject, type Props } from './values';

/** An API server, and who to be there. */
export interface Target {
  readonly server: string;
  readonly namespace?: string;
  readonly ca?: Buffer;
  readonly insecure: boolean;
  readonly token?: string;
  readonly certificate?: Buffer;
  readonly key?: Buffer;
}

/** What the provider's inputs say of the cluster. */
export interface ClusterInputs {
  /** Path of a kubeconfig, or its text. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
}

/** The API server that the inputs name; of the kubeconfig that kubectl takes where they name none. */
export function targetOf(inputs: ClusterInputs): Target {
  const config = readKubeconfig(inputs.kubeconfig);
  const context = named(config.file, 'context', inputs.context ?? String(at(config.file, 'current-context') ?? ''));
  const cluster = named(config.file, 'cluster', inputs.cluster ?? String(context.cluster));
  const user = named(config.file, 'user', String(context.user));
  if (user['auth-provider'] !== undefined) throw new Error(`the stand-in for the Kubernetes plugin knows tokens, client certificates and exec plugins only, and user ${String(context.user)} has none of them; put pulumi-resource-kubernetes on PATH`);
  const bytes = (entry: Props, field: string) => {
    const data = entry[`${field}-data`];
    if (typeof data === 'string') return Buffer.from(data, 'base64');
    return typeof entry[field] === 'string' ? readFileSync(path.resolve(config.folder, entry[field])) : undefined;
  };
  return {
    server: String(cluster.server),
    namespace: typeof context.namespace === 'string' ? context.namespace : undefined,
    ca: bytes(cluster, 'certificate-authority'),
    insecure: cluster['insecure-skip-tls-verify'] === true,
    token: tokenOf(user),
    certificate: bytes(user, 'client-certificate'),
    key: bytes(user, 'client-key'),
  };
}

function tokenOf(user: Props): string | undefined {
  if (isObject(user.exec)) return askPlugin(user.exec);
  if (typeof user.token === 'string') return user.token;
  return typeof user.tokenFile === 'string' ? readFileSync(user.tokenFile, 'utf8').trim() : undefined;
}

/** The token of an exec plugin, such as `gke-gcloud-auth-plugin` or `aws eks get-token`. */
function askPlugin({ command, args, env, apiVersion }: Props): string {
  const variables = Array.isArray(env) ? Object.fromEntries(env.map((entry) => [String(at(entry, 'name')), String(at(entry, 'value'))])) : {};
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } });
  const text = execFileSync(String(command), Array.isArray(args) ? args.map(String) : [], { encoding: 'utf8', env: { ...process.env, ...variables, KUBERNETES_EXEC_INFO: info } });
  const answer: unknown = JSON.parse(text);
  const token = at(answer, 'status', 'token');
  if (at(answer, 'apiVersion') !== apiVersion || typeof token !== 'string') throw new Error(`${String(command)} gave no token for ${String(apiVersion)}`);
  return token;
}

function readKubeconfig(given: string | undefined): { file: unknown; folder: string } {
  const ambient = process.env.KUBECONFIG?.split(path.delimiter)[0] || path.join(homedir(), '.kube/config');
  const source = given ?? ambient;
  if (existsSync(source)) return { file: load(readFileSync(source, 'utf8')), folder: path.dirname(path.resolve(source)) };
  if (!source.includes('\n') && !source.trimStart().startsWith('{')) throw new Error(`there is no kubeconfig ${source}`);
  return { file: load(source), folder: process.cwd() };
}

function named(config: unknown, what: 'context' | 'cluster' | 'user', name: string): Props {
  const list = at(config, `${what}s`);
  const found = Array.isArray(list) ? list.find((entry) => at(entry, 'name') === name) : undefined;
  const value = at(found, what);
  if (!isObject(value)) throw new Error(`the kubeconfig has no ${what} ${JSON.stringify(name)}`);
  return value;
}
