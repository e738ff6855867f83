import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation';
import { LOCAL } from '../pulumi/local-cluster';
import { findOnPath } from './find-on-path';
import { engineDoubles } from './local-doubles';
import { localFolder, readTarget, type Target } from './local-target';
import type { Place } from './workspace';

const PLUGIN = 'pulumi-resource-kubernetes';

/** A cluster and an engine that are there. */
export interface LocalEngine {
  /** The project and the engine, for the other commands. */
  readonly place: Required<Place>;
  /** For people: which programs are used. */
  readonly description: readonly string[];
}

/**
 * Says what to install when something must be built and there is no Go.
 * @throws before anything is touched
 */
export function checkTools(target: Target): void {
  if (findOnPath('go')) return;
  const missing = [...(target.own ? ['a cluster'] : []), ...(findOnPath('pulumi') ? [] : ['Pulumi'])];
  if (missing.length === 0) return;
  throw new Error([
    `npm run local: got neither ${missing.join(', nor ')}, nor Go to build stand-ins. Either`,
    '  - install Go (https://go.dev/dl): a Kubernetes control plane and Pulumi are then built once, in some minutes, or',
    `  - ${missing.includes('Pulumi') ? 'install Pulumi (https://www.pulumi.com/docs/install)' : 'start a cluster on this machine'}${target.own ? ' and name a cluster on this machine: npm run local -- --context kind-kind' : ''}`,
  ].join('\n'));
}

/**
 * The engine of `local`: the Pulumi CLI and the Kubernetes plugin that are installed, or else those of the tests. State,
 * passphrase and home are its own, so that nobody's login, selected stack or encrypted values are touched.
 */
export async function findEngine(): Promise<LocalEngine> {
  const folder = localFolder();
  for (const name of ['home', 'state', 'project', 'cli/bin']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  const cli = await findCli();
  const plugin = await findPlugin();
  link(cli.path, join(folder, 'cli/bin/pulumi'));
  if (existsSync(pluginsFolder())) link(pluginsFolder(), join(folder, 'home/plugins'));
  writeFileSync(join(folder, 'project/Pulumi.yaml'), 'name: fairlead\nruntime: nodejs\n');
  const env = {
    PATH: [plugin.folder, join(folder, 'cli/bin'), process.env.PATH].filter(Boolean).join(delimiter),
    PULUMI_BACKEND_URL: `file://${join(folder, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: 'local', // it protects nothing: local has no encrypted values
    PULUMI_HOME: join(folder, 'home'),
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: 'true',
  };
  const command = await PulumiCommand.get({ root: join(folder, 'cli'), skipVersionCheck: true });
  return { place: { directory: join(folder, 'project'), env, cli: command }, description: [`Pulumi: ${cli.description}`, `Kubernetes plugin: ${plugin.description}`] };
}

/** The engine that knows an environment: that of `npm run local` while local runs, else the one that the user has. */
export async function placeOf(directory: string, environment: string): Promise<Place> {
  return environment === LOCAL && readTarget() !== undefined ? (await findEngine()).place : { directory };
}

/** The doubles of the tests are loaded only where nothing is installed. */
async function findCli(): Promise<{ readonly path: string; readonly description: string }> {
  const installed = findOnPath('pulumi');
  if (installed) return { path: installed, description: installed };
  return engineDoubles().findOrBuildPulumi();
}

async function findPlugin(): Promise<{ readonly folder: string | undefined; readonly description: string }> {
  const onPath = findOnPath(PLUGIN);
  if (onPath) return { folder: dirname(onPath), description: onPath };
  const installed = existsSync(pluginsFolder()) ? readdirSync(pluginsFolder()).find((name) => /^resource-kubernetes-v[^.]+\.[^.]+\.[^.]+$/.test(name)) : undefined;
  if (installed) return { folder: undefined, description: join(pluginsFolder(), installed) };
  return engineDoubles().kubernetesPlugin();
}

const pluginsFolder = () => join(process.env.PULUMI_HOME || join(homedir(), '.pulumi'), 'plugins');

/** Another installation than last time takes the place of the old one. */
function link(target: string, path: string): void {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}
