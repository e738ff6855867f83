import { apply } from './apply';
import type { Kubectl } from './kubectl';
import { progress } from './progress';
import { waitReady, type WaitOptions } from './wait';

/** Manifests that are applied together, and must be ready before those of the next wave follow. */
export interface Wave {
  /** For the progress: `wave 2 (cart-store-check)`. */
  readonly name: string;
  readonly manifests: string | readonly object[];
}

/** The API server took everything, and warned. */
export class WarnedError extends Error {
  override readonly name = 'WarnedError';

  constructor(
    wave: string,
    readonly warnings: readonly string[],
  ) {
    super(`the API server warned about ${wave}:\n${warnings.map((line) => `  ${line}`).join('\n')}`);
  }
}

/**
 * Deploys the way a careful pipeline does: wave by wave, each applied whole, and the next only once all so far is ready.
 * Stops at the first wave that is refused (`ApplyError`), draws a warning (`WarnedError`) or does not become ready.
 */
export async function deploy(
  kubectl: Kubectl,
  namespaces: readonly string[],
  waves: readonly Wave[],
  options: WaitOptions,
): Promise<void> {
  const only = new Set<string>();
  for (const wave of waves) {
    const start = Date.now();
    const { applied, warnings } = await apply(kubectl, wave.manifests, {});
    if (warnings.length > 0) throw new WarnedError(wave.name, warnings);
    for (const { object } of applied) only.add(object.replace(/\..*\//, '/'));
    for (const namespace of namespaces) await waitReady(kubectl, namespace, { only, ...options });
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    progress(namespaces[0] ?? 'deploy', `${wave.name}: ${applied.length} objects applied and ready in ${seconds} s`);
  }
}
