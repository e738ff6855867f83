import { EXPIRES_ANNOTATION } from '../boutique/boutique';
import { isInstant } from '../preview';

/** What the state of a preview environment tells. */
export interface PreviewState {
  /** When it may be removed; undefined where the state does not say, or not in our form. */
  readonly expires: string | undefined;
  /** Where the shop is; undefined where it did not get so far. */
  readonly url: string | undefined;
}

interface StateResource {
  readonly type?: string;
  readonly inputs?: { readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> } };
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the state of a preview environment, as `pulumi stack export` gives it. The date stands in the stack's outputs; where
 * its first `up` failed it may stand on the namespace alone.
 * @param deployment - the `deployment` of the export
 */
export function readPreviewState(deployment: unknown): PreviewState {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly StateResource[] };
  const outputs = resources.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs ?? {};
  const annotations = resources.filter(({ type }) => type === 'kubernetes:core/v1:Namespace').map(({ inputs }) => inputs?.metadata?.annotations?.[EXPIRES_ANNOTATION]);
  return { expires: [outputs.expires, ...annotations].find(isInstant), url: typeof outputs.url === 'string' ? outputs.url : undefined };
}
