import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a state is encrypted. */
interface SecretsProvider {
  readonly type?: string;
  readonly state?: { readonly salt?: string; readonly url?: string; readonly encryptedkey?: string };
}

/**
 * Gives the work a stack file that says how the state is encrypted, and nothing else: for what must not depend on the
 * environment's file.
 */
export async function withRecordedConfig<T>(deployment: unknown, work: (configFile: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-config-'));
  try {
    const file = join(folder, 'Pulumi.recorded.yaml');
    writeFileSync(file, configOf((deployment as { readonly secrets_providers?: SecretsProvider }).secrets_providers ?? {}));
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function configOf({ type, state = {} }: SecretsProvider): string {
  const settings = type === 'passphrase' ? { encryptionsalt: state.salt } : type === 'cloud' ? { secretsprovider: state.url, encryptedkey: state.encryptedkey } : {};
  const lines = Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${JSON.stringify(value)}\n`]));
  return lines.length === 0 ? 'config: {}\n' : lines.join('');
}
