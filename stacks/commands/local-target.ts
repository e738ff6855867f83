import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder } from './cache-folder';
import { loadEnvironment } from '../../lib/environment';
import { environmentSchema } from '../environment';
import { currentContext, KubeconfigProblem } from '../pulumi/kubeconfig';
import { checkLocalCluster, LOCAL } from '../pulumi/local-cluster';

/** The cluster of `local`: one of the user's, or a control plane of our own. */
export type Target = { readonly own: true } | NamedTarget;

/** A cluster that the user has named. */
export interface NamedTarget {
  readonly own: false;
  readonly context: string;
  /** Absolute path. @default the one that kubectl takes */
  readonly kubeconfig?: string;
}

/** What the command line says. */
export interface TargetOptions {
  readonly context?: string;
  readonly kubeconfig?: string;
}

/** Everything that `local` keeps lies below: the control plane, the engine's state, and which cluster it is. */
export const localFolder = (): string => join(cacheFolder(), 'local');

const recordFile = () => join(localFolder(), 'target.json');

/** Where `local` runs now; undefined when it runs nowhere. */
export function readTarget(): Target | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(), 'utf8')) as Target;
  } catch {
    return undefined;
  }
}

/** Remembers where `local` runs, before anything is made there. */
export function rememberTarget(target: Target): void {
  mkdirSync(dirname(recordFile()), { recursive: true, mode: 0o700 });
  writeFileSync(recordFile(), JSON.stringify(target));
}

/** Forgets all that `local` keeps. */
export function forgetLocal(): void {
  rmSync(localFolder(), { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/**
 * Where `local` shall run: the cluster of the command line, of FAIRLEAD_LOCAL_CONTEXT and FAIRLEAD_LOCAL_KUBECONFIG, the one
 * where it runs already, that of Pulumi.local.yaml, or else our own control plane. A KUBECONFIG that happens to be exported
 * chooses nothing.
 * @throws when it is not on this machine, or `local` runs elsewhere already
 */
export function chooseTarget(directory: string, { context, kubeconfig }: TargetOptions): Target {
  const named = nameCluster(directory, [
    ['--context', context, '--kubeconfig', kubeconfig],
    ['FAIRLEAD_LOCAL_CONTEXT', process.env.FAIRLEAD_LOCAL_CONTEXT, 'FAIRLEAD_LOCAL_KUBECONFIG', process.env.FAIRLEAD_LOCAL_KUBECONFIG],
  ]);
  const running = readTarget();
  if (named && running && !isSame(named, running)) throw new Error(`local runs on ${describeTarget(running)} already; take it down first: npm run local -- down`);
  return named ?? running ?? ofEnvironment(directory) ?? { own: true };
}

/** What a target is to people. */
export const describeTarget = (target: Target): string => (target.own ? 'its own control plane' : `the context ${target.context}`);

const isSame = (a: Target, b: Target): boolean => JSON.stringify(a, SORTED) === JSON.stringify(b, SORTED);
const SORTED = ['context', 'kubeconfig', 'own'];

type Source = readonly [contextName: string, context: string | undefined, kubeconfigName: string, kubeconfig: string | undefined];

/** The first cluster that is named; a kubeconfig alone means its current context. */
function nameCluster(directory: string, sources: readonly Source[]): NamedTarget | undefined {
  const source = sources.find(([, context, , kubeconfig]) => context || kubeconfig);
  if (!source) return undefined;
  const [contextName, context, kubeconfigName, kubeconfig] = source;
  const path = kubeconfig ? { kubeconfig: resolve(directory, kubeconfig) } : {};
  try {
    const target: NamedTarget = { own: false, context: context || currentContext(directory, path.kubeconfig!), ...path };
    checkLocalCluster(directory, target);
    return target;
  } catch (error) {
    if (!(error instanceof KubeconfigProblem)) throw error;
    throw new Error(`${error.key === 'context' ? contextName : kubeconfigName}: got ${error.got}; allowed: ${error.allowed}`, { cause: error });
  }
}

/** The program itself checks this one. */
function ofEnvironment(directory: string): NamedTarget | undefined {
  const { cluster } = loadEnvironment(directory, LOCAL, environmentSchema).config;
  if (cluster?.provider !== 'existing') return undefined;
  return { own: false, context: cluster.context, ...(cluster.kubeconfig === undefined ? {} : { kubeconfig: resolve(directory, cluster.kubeconfig) }) };
}
