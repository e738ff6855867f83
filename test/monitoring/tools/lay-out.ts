import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_ACCOUNT } from '../../../lib/monitoring/prometheus/platform-scrapes';
import type { ConfigMap } from '../environments';

const PREFIX = '/etc/prometheus';

/** Writes the files of a Prometheus pod below a folder, with the paths in them changed to that folder; gives its configuration. */
export function layPrometheus(folder: string, maps: readonly ConfigMap[]): string {
  for (const { metadata, data } of maps) {
    const directory = join(folder, metadata.name === 'prometheus-config' ? 'config' : 'rules');
    mkdirSync(directory, { recursive: true });
    for (const [name, text] of Object.entries(data)) writeFileSync(join(directory, name), text.replaceAll(PREFIX, folder).replaceAll(SERVICE_ACCOUNT, folder));
  }
  for (const file of ['token', 'ca.crt']) writeFileSync(join(folder, file), 'for the check');
  return join(folder, 'config', 'prometheus.yml');
}
