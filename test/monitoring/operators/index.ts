/** What the controllers of the modes make of what we render, by their own code. */
import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { load } from 'js-yaml';
import type { JsonObject } from '../../../lib';
import type { PrometheusConfig, ScrapeConfig } from '../../../lib/monitoring';
import { GoModule } from '../../cluster/harness/go';
import { buildTools } from '../../cluster/harness/go-tools';

const MAX_OUTPUT = 64 * 1024 * 1024;
const moduleIn = (folder: string) => new GoModule(path.join(__dirname, folder));

/** Builds a program of ours from the Go module in a folder, once; that takes minutes. */
async function program(folder: string): Promise<string> {
  const tools = { title: folder, module: moduleIn(folder), programs: { [`${folder}-resources`]: '.' }, linkerFlags: '-s -w', sources: ['main.go'] };
  const name = `${folder}-resources`;
  return path.join(await buildTools(tools, [name]), name);
}

/** Builds both programs where they are not in the cache. */
export const buildOperators = (): Promise<unknown> => program('prometheus-operator').then(() => program('google'));

async function run(folder: string, manifests: readonly JsonObject[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const file = await program(folder);
  return new Promise((resolve, reject) => {
    const child = execFile(file, { maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => (error ? reject(new Error(stderr || error.message)) : resolve({ stdout, stderr })));
    child.stdin!.end(JSON.stringify(manifests));
  });
}

/** The configurations that prometheus-operator writes, and what it warns of. */
export interface OperatorOutput {
  readonly prometheus: PrometheusConfig;
  /** Of an Alertmanager that selects the AlertmanagerConfigs; empty without any. */
  readonly alertmanager: string;
  readonly text: string;
  readonly warnings: string;
}

/** What prometheus-operator makes of the manifests. */
export async function operatorOutput(manifests: readonly JsonObject[]): Promise<OperatorOutput> {
  const { stdout, stderr } = await run('prometheus-operator', manifests);
  const { prometheus, alertmanager } = JSON.parse(stdout) as { prometheus: string; alertmanager: string };
  // Its pods put in which of them they are.
  const text = prometheus.replaceAll('$(SHARD)', '0').replaceAll('$(POD_NAME)', 'prometheus-0');
  return { prometheus: load(text) as PrometheusConfig, alertmanager, text, warnings: stderr };
}

/** What Google's managed Prometheus makes of the manifests. */
export async function googleOutput(manifests: readonly JsonObject[]): Promise<{ readonly jobs: readonly ScrapeConfig[]; readonly groups: Readonly<Record<string, string>> }> {
  const { scrape_configs: jobs, groups } = load((await run('google', manifests)).stdout) as { scrape_configs: ScrapeConfig[]; groups: Record<string, string> };
  return { jobs, groups };
}

/** `npx tsx test/monitoring/operators/index.ts` fills the cache ahead of the tests, as CI wants it. */
if (require.main === module) void buildOperators();
