import * as path from 'node:path';
import { GoModule } from '../../cluster/harness/go';
import { buildTools } from '../../cluster/harness/go-tools';

/** The programs that check what the monitoring renders, and the server that takes it. */
const PROGRAMS = {
  promtool: 'github.com/prometheus/prometheus/cmd/promtool',
  amtool: 'github.com/prometheus/alertmanager/cmd/amtool',
  prometheus: 'github.com/prometheus/prometheus/cmd/prometheus',
} as const;

/** Name of one of the programs. */
export type MonitoringTool = keyof typeof PROGRAMS;

const MODULE = new GoModule(__dirname);
/** The Go module v0.315.0 is Prometheus 3.15.0. */
const release = (module: string) => MODULE.pinnedVersion(module).replace(/^v0\.(\d)(\d\d)\.(\d+)$/, (_, major: string, minor: string, patch: string) => `${major}.${Number(minor)}.${patch}`);
const linkerFlags = () => `-s -w -X github.com/prometheus/common/version.Version=${release('github.com/prometheus/prometheus')}`;

/** The path of a program, built from its Go module where it is not in the cache yet: that takes minutes, once. */
export async function monitoringTool(name: MonitoringTool): Promise<string> {
  const folder = await buildTools({ title: 'monitoring tools', module: MODULE, programs: PROGRAMS, linkerFlags: linkerFlags() }, [name]);
  return path.join(folder, name);
}

/** `npx tsx test/monitoring/tools/index.ts` fills the cache ahead of the tests, as CI wants it. */
if (require.main === module) {
  void (async () => {
    for (const name of Object.keys(PROGRAMS) as MonitoringTool[]) process.stdout.write(`${await monitoringTool(name)}\n`);
  })();
}
