import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { GoModule } from '../../cluster/harness/go';
import { buildTools } from '../../cluster/harness/go-tools';

/** The programs that check what the monitoring renders, and the server that takes it. */
const PROGRAMS = {
  promtool: 'github.com/prometheus/prometheus/cmd/promtool',
  amtool: 'github.com/prometheus/alertmanager/cmd/amtool',
  prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
} as const;

/** What the pages of a server are embedded from; its module leaves them out, as they are made by a build of their own. */
const PAGED = { alertmanager: 'github.com/prometheus/alertmanager/cmd/alertmanager' } as const;

/** Name of one of the programs. */
export type MonitoringTool = keyof typeof PROGRAMS | keyof typeof PAGED;

const run = promisify(execFile);
const MODULE = new GoModule(__dirname);
/** The Go module v0.315.0 is Prometheus 3.15.0. */
const release = (module: string) => MODULE.pinnedVersion(module).replace(/^v0\.(\d)(\d\d)\.(\d+)$/, (_, major: string, minor: string, patch: string) => `${major}.${Number(minor)}.${patch}`);
const linkerFlags = () => `-s -w -X github.com/prometheus/common/version.Version=${release('github.com/prometheus/prometheus')}`;

/** A go.mod with a copy of Alertmanager's module in its place, whose page is empty: nobody looks at it. */
async function withEmptyPage(folder: string): Promise<string> {
  const module = 'github.com/prometheus/alertmanager';
  const { Dir: source } = JSON.parse(await MODULE.run(['mod', 'download', '-json', module])) as { Dir: string };
  const [copy, file] = [path.join(folder, 'alertmanager-module'), path.join(folder, 'tools.mod')];
  await run('cp', ['-r', source, copy]);
  await run('chmod', ['-R', 'u+w', copy]); // the module cache is read-only
  await mkdir(path.join(copy, 'ui/app/dist'));
  await writeFile(path.join(copy, 'ui/app/dist/index.html'), '<!doctype html>');
  for (const end of ['mod', 'sum']) await copyFile(path.join(MODULE.folder, `go.${end}`), path.join(folder, `tools.${end}`));
  await MODULE.run(['mod', 'edit', `-replace=${module}=${copy}`, file]);
  return file;
}

/** The path of a program, built from its Go module where it is not in the cache yet: that takes minutes, once. */
export async function monitoringTool(name: MonitoringTool): Promise<string> {
  const common = { title: 'monitoring tools', module: MODULE, linkerFlags: linkerFlags() };
  const folder = name === 'alertmanager' ? await buildTools({ ...common, programs: PAGED, modFile: withEmptyPage }, [name]) : await buildTools({ ...common, programs: PROGRAMS }, [name]);
  return path.join(folder, name);
}

/** `npx tsx test/monitoring/tools/index.ts` fills the cache ahead of the tests, as CI wants it. */
if (require.main === module) {
  void (async () => {
    for (const name of Object.keys({ ...PROGRAMS, ...PAGED }) as MonitoringTool[]) process.stdout.write(`${await monitoringTool(name)}\n`);
  })();
}
