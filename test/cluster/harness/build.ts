import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { ENGINES_MODULE, go, pinnedVersion } from './go';
import { withLock } from './lock';
import { progress } from './progress';

export type EngineName = keyof typeof ENGINES;

/** What each binary is built from, in the order of building: shared dependencies first. */
const ENGINES = {
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kwok: 'sigs.k8s.io/kwok/cmd/kwok',
} as const;

export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

/** A sign of life for builds that take minutes. */
const HEARTBEAT_MS = 30_000;

/**
 * Builds the engines that are not in the cache yet, and resolves with their folder.
 *
 * The cache is outside the repository, so that it outlives clean checkouts. A binary
 * appears there under its final name only once it is complete.
 */
export async function buildEngines(names: readonly EngineName[] = ENGINE_NAMES): Promise<string> {
  const folder = path.join(cacheFolder(), 'engines', await contentKey());
  const missing = () => names.filter((name) => !existsSync(path.join(folder, name)));
  if (missing().length === 0) return folder;
  await withLock(
    path.join(folder, '.lock'),
    (owner) => progress('engines', `waiting for ${owner}, which is building the engines`),
    () => buildMissing(folder, missing()),
  );
  return folder;
}

function cacheFolder(): string {
  if (process.env.FAIRLEAD_CACHE) return path.resolve(process.env.FAIRLEAD_CACHE);
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'fairlead');
}

/** Changes with the versions, the recipe and the compiler; binaries of another key are left alone. */
async function contentKey(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) {
    hash.update(await readFile(path.join(ENGINES_MODULE, file)));
  }
  hash.update(JSON.stringify(ENGINES)).update(linkerFlags());
  hash.update(await go(['version']));
  return hash.digest('hex').slice(0, 16);
}

async function buildMissing(folder: string, names: readonly EngineName[]): Promise<void> {
  if (names.length === 0) return; // another process built them while this one waited
  progress('engines', `building ${names.join(', ')} into ${folder}; this happens once and takes several minutes`);
  await timed('downloading the Go modules', () => go(['mod', 'download']));
  // One after the other: each build uses all cores by itself.
  for (const [index, name] of names.entries()) {
    await timed(`${index + 1} of ${names.length}: ${name}`, () => buildOne(folder, name));
  }
}

async function buildOne(folder: string, name: EngineName): Promise<void> {
  const unfinished = path.join(folder, `.unfinished-${process.pid}`);
  await mkdir(unfinished, { recursive: true });
  try {
    const target = path.join(unfinished, name);
    await go(['build', '-ldflags', linkerFlags(), '-o', target, ENGINES[name]], { CGO_ENABLED: '0' });
    await rename(target, path.join(folder, name));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Without its version set, an API server calls itself v0.0.0 and clients distrust it. */
function linkerFlags(): string {
  const version = pinnedVersion('k8s.io/kubernetes');
  const [major, minor] = version.slice(1).split('.');
  const facts = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((pkg) => [
    `-X ${pkg}.gitVersion=${version}`,
    `-X ${pkg}.gitMajor=${major}`,
    `-X ${pkg}.gitMinor=${minor}`,
    `-X ${pkg}.gitTreeState=clean`,
  ]);
  facts.push(`-X sigs.k8s.io/kwok/pkg/consts.Version=${pinnedVersion('sigs.k8s.io/kwok')}`);
  return ['-s', '-w', ...facts].join(' ');
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  progress('engines', `${what} …`);
  const heartbeat = setInterval(() => progress('engines', `${what} … ${elapsed()}`), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
  }
  progress('engines', `${what}: done in ${elapsed()}`);
}

/** `npx tsx test/cluster/harness/build.ts` fills the cache ahead of the tests, as CI wants it. */
if (require.main === module) {
  buildEngines().then(
    (folder) => process.stdout.write(`${folder}\n`),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
