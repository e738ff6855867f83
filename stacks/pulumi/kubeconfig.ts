import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { load } from 'js-yaml';
import type { ExistingSettings } from '../cluster/settings';

/** What a kubeconfig says about a context's cluster, as far as it tells whose machine that is. */
export interface KubeServer {
  /** Address of the API server. */
  readonly server: URL;
  /** Whether requests go through a proxy, and so may end on another machine than the address tells. */
  readonly proxied: boolean;
  /** Whether minikube wrote the entry. */
  readonly minikube: boolean;
}

interface Named<T> {
  readonly name?: string;
  readonly [key: string]: T | string | undefined;
}

interface KubeCluster {
  readonly server?: string;
  readonly 'proxy-url'?: string;
  readonly extensions?: readonly { readonly extension?: { readonly provider?: string } }[];
}

interface KubeConfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly Named<{ readonly cluster?: string }>[];
  readonly clusters?: readonly Named<KubeCluster>[];
}

/** A kubeconfig does not lead to a cluster; the message goes on after the key: `got …; allowed: …`. */
export class KubeconfigProblem extends Error {
  public constructor(public readonly key: 'context' | 'kubeconfig', public readonly got: string, public readonly allowed: string) {
    super(`${key}: got ${got}; allowed: ${allowed}`);
  }
}

/** The files that kubectl would read. */
function kubeconfigFiles(directory: string, kubeconfig: string | undefined): string[] {
  if (kubeconfig !== undefined) return [resolve(directory, kubeconfig)];
  const listed = (process.env.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}

function readKubeconfigs(directory: string, kubeconfig: string | undefined): KubeConfig[] {
  const files = kubeconfigFiles(directory, kubeconfig).filter((file) => existsSync(file));
  if (files.length === 0) throw new KubeconfigProblem('kubeconfig', kubeconfig === undefined ? 'nothing, and kubectl has none' : `${JSON.stringify(kubeconfig)}, which is no file`, 'the path of a kubeconfig');
  return files.map((file) => {
    try {
      return (load(readFileSync(file, 'utf8')) ?? {}) as KubeConfig;
    } catch {
      // The text may hold credentials: no part of it is shown.
      throw new KubeconfigProblem('kubeconfig', `${JSON.stringify(file)}, which is no YAML`, 'the path of a kubeconfig');
    }
  });
}

/** The first entry of that name, as kubectl merges several files. */
function find<T>(configs: readonly KubeConfig[], list: 'contexts' | 'clusters', key: string, name: string | undefined): T | undefined {
  const entries = configs.flatMap((config) => (config[list] ?? []) as readonly Named<T>[]);
  return entries.find((entry) => entry.name === name)?.[key] as T | undefined;
}

/**
 * The context that a kubeconfig has chosen.
 * @throws KubeconfigProblem when it has chosen none
 */
export function currentContext(directory: string, kubeconfig: string): string {
  const context = readKubeconfigs(directory, kubeconfig)[0]!['current-context'];
  if (context) return context;
  throw new KubeconfigProblem('context', `nothing, and ${JSON.stringify(kubeconfig)} has no current one`, 'the name of a context');
}

/**
 * Where a context leads; nothing is asked over the network.
 * @throws KubeconfigProblem when it leads nowhere
 */
export function readServer(directory: string, { context, kubeconfig }: Pick<ExistingSettings, 'context' | 'kubeconfig'>): KubeServer {
  const configs = readKubeconfigs(directory, kubeconfig);
  const target = find<{ cluster?: string }>(configs, 'contexts', 'context', context);
  const known = configs.flatMap(({ contexts = [] }) => contexts.map(({ name }) => name)).join(', ');
  if (!target) throw new KubeconfigProblem('context', JSON.stringify(context), `a context of the kubeconfig: ${known || 'it has none'}`);
  const cluster = find<KubeCluster>(configs, 'clusters', 'cluster', target.cluster);
  if (cluster?.server === undefined || !URL.canParse(cluster.server)) throw new KubeconfigProblem('context', `${JSON.stringify(context)}, whose cluster has no address`, 'a context with a cluster that has one');
  const minikube = (cluster.extensions ?? []).some(({ extension }) => extension?.provider === 'minikube.sigs.k8s.io');
  return { server: new URL(cluster.server), proxied: cluster['proxy-url'] !== undefined, minikube };
}
