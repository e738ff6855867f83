import type { PolicyOptions } from '../../lib/pulumi/policy';

/** Fewest pods from which on a service survives the loss of one. */
const SPARE = 2;

/**
 * How strict the pack is with an environment. One that runs a single pod of each service, such as `local` and the previews,
 * promises no availability: it gets advice, and is refused only what is wrong everywhere. All others must keep every promise;
 * so must a stack that says nothing.
 * @param stack - name of the stack
 * @param replicas - `fairlead:replicas` of the environment
 */
export function policyOptions(stack: string, replicas: { readonly min?: number } | undefined): PolicyOptions {
  const least = replicas?.min ?? SPARE;
  if (least < SPARE) return { replicas: 'disabled' };
  return {
    level: 'mandatory',
    'host-access': { exceptions: false },
    'restricted-pods': { exceptions: false },
    'namespace-security': { atLeast: 'restricted' },
    'image-reference': { images: stack === 'production' ? 'fixed' : 'tag' },
    replicas: { minReplicas: SPARE, except: { 'Deployment/*/loadgenerator': 'shops as people would; nobody misses it while its node is drained' } },
  };
}
