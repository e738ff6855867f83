import type { Rendering, RequiredSecret } from '../lib';
import { environments, loadEnvironment } from '../lib/environment';
import { boutiqueApp } from './boutique/app';
import { idleHosts } from './cluster/entrance';
import { costOf } from './cost';
import { environmentSchema, SECRETS, type ShopEnvironment } from './environment';
import { hostsOf } from './hosts';
import { GRAFANA_PASSWORD, MONITORING_SECRETS } from './monitoring/settings';

/** One environment, rendered. */
export interface RenderedEnvironment {
  readonly environment: ShopEnvironment;
  readonly rendering: Rendering;
  /** The files by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** Several things went wrong; each line of the message is one. */
export class FailedSynthesis extends Error {}

/**
 * Reads and renders environments, all of them when none is named. Nothing is written.
 * @throws FailedSynthesis with the mistakes of every environment
 */
export function renderEnvironments(directory: string, names: readonly string[]): RenderedEnvironment[] {
  const failures: string[] = [];
  const rendered: RenderedEnvironment[] = [];
  for (const name of names.length > 0 ? new Set(names) : environments(directory)) {
    try {
      const environment = loadEnvironment(directory, name, environmentSchema);
      const app = boutiqueApp(environment, name);
      const rendering = app.render();
      rendered.push({ environment, rendering, files: app.renderFiles(rendering) });
    } catch (error) {
      failures.push(`${name}: ${(error as Error).message}`);
    }
  }
  failures.push(...sharedHosts(rendered.map(({ environment }) => environment)));
  if (failures.length > 0) throw new FailedSynthesis(failures.join('\n'));
  if (rendered.length === 0) throw new FailedSynthesis('there is no environment; add a file Pulumi.<environment>.yaml');
  return rendered;
}

/** Each environment has a host of its own; a copied file easily forgets that. */
function sharedHosts(all: readonly ShopEnvironment[]): string[] {
  const hosts = all.flatMap(({ file, config }) => hostsOf(config).map(({ keys, host }) => ({ file, key: `fairlead:${keys.join('.')}`, host })));
  return hosts.flatMap(({ file, key, host }, index) => {
    const other = hosts.slice(0, index).find((earlier) => earlier.host === host);
    return other ? [`${file}: ${key}: got "${host}"; ${other.file} has this host already; give each environment its own`] : [];
  });
}

/** What a person wants to know after a synth: what is where, what it costs, and which Secrets the cluster must have. */
export function describe({ environment, rendering, files }: RenderedEnvironment): string {
  const objects = rendering.files.reduce((sum, file) => sum + file.objects.length, 0);
  const title = `${environment.name.padEnd(12)} ${files.size} files, ${objects} objects for Kubernetes ${environment.config.kubernetesVersion}`;
  const idle = idleHosts(environment.config);
  return [title, `  ${costOf(environment.config, rendering).line}`, ...(idle === undefined ? [] : [`  ${idle}`]), ...rendering.requiredSecrets.map((secret) => `  needs ${describeSecret(secret, environment)}`)].join('\n');
}

function describeSecret({ namespace, name, keys, neededBy }: RequiredSecret, { file, secrets }: ShopEnvironment): string {
  const encrypted = secrets.map((reference) => String(reference.keys.at(-1)));
  const isOurs = name === SECRETS || name === MONITORING_SECRETS;
  const from = isOurs && keys.some((key) => encrypted.includes(key)) ? `, from the encrypted values of ${file}` : '';
  const made = name === MONITORING_SECRETS && keys.includes(GRAFANA_PASSWORD) && !encrypted.includes(GRAFANA_PASSWORD) ? `; \`up\` makes ${GRAFANA_PASSWORD} itself` : '';
  return `Secret ${namespace}/${name}${keys.length > 0 ? ` with ${keys.join(', ')}` : ''} for ${neededBy.join(', ')}${from}${made}`;
}
