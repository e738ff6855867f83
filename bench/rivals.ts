import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import * as path from 'node:path';
import { cached } from './cache';

/** A competitor that is ready to run, or why it isn't. */
export type Rival = { readonly at: string } | { readonly missing: string };

const HELM = path.join(__dirname, 'helm');
const INIT_APP = path.join(__dirname, 'init-app');

/** The chart that helm renders. */
export const HELM_CHART = path.join(HELM, 'chart');

/** helm, built from its Go module. */
export async function helm(): Promise<Rival> {
  const go = (...args: string[]) => execFileSync('go', args, { cwd: HELM, env: { ...process.env, CGO_ENABLED: '0' }, encoding: 'utf8' });
  return attempt('helm', 'it is built from its Go module, and', async () => {
    const folder = await cached({
      name: 'helm',
      inputs: [path.join(HELM, 'go.mod'), path.join(HELM, 'go.sum')],
      version: go('version'),
      make: (target) => void go('build', '-ldflags', '-s -w', '-o', path.join(target, 'helm'), 'helm.sh/helm/v3/cmd/helm'),
    });
    return path.join(folder, 'helm');
  });
}

/** A project as `cdk8s init typescript-app` leaves it, with the compiler and the types that it brings along. */
export async function initApp(): Promise<Rival> {
  return attempt('a project of `cdk8s init`', 'its packages are installed from the registry, and', () =>
    cached({
      name: 'init-app',
      inputs: ['package.json', 'package-lock.json', 'tsconfig.json', 'cdk8s.yaml', 'main.ts'].map((file) => path.join(INIT_APP, file)),
      make: (folder) => {
        cpSync(INIT_APP, folder, { recursive: true });
        execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
      },
    }),
  );
}

async function attempt(what: string, how: string, make: () => Promise<string>): Promise<Rival> {
  try {
    return { at: await make() };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { missing: `${what} is not measured: ${how} ${code === 'ENOENT' ? 'there is no go command on PATH' : `that failed: ${message.split('\n').slice(0, 3).join(' ')}`}` };
  }
}
