import type { Exception } from '../../lib/pulumi/cluster';
import type { PolicyOptions } from '../../lib/pulumi/policy';

/** Fewest pods from which on a service survives the loss of one. */
const SPARE = 2;

/** What of an environment's cluster the pack asks for. */
export interface ClusterPromises {
  /** Whether it holds to what production needs. @default true */
  readonly production?: boolean;
  /** What it does without, each with its reason. @default nothing */
  readonly exceptions?: Readonly<Partial<Record<Exception, string>>>;
}

/** The policy that an exception of a cluster's settings breaks. */
const BROKEN_BY = { 'public-control-plane': 'cluster-control-plane', 'provider-keys': 'cluster-encryption', 'public-nodes': 'cluster-nodes', unprotected: 'cluster-deletion' } as const;

/** What the environment's file says it does without is advice: it has given the reason. */
function ofCluster({ production, exceptions = {} }: ClusterPromises): PolicyOptions {
  const excepted = Object.entries(BROKEN_BY).filter(([exception]) => String(production) === 'false' || exception in exceptions);
  return Object.fromEntries(excepted.map(([, policy]) => [policy, 'advisory']));
}

/**
 * How strict the pack is with an environment. One that runs a single pod of each service, such as `local` and the previews,
 * promises no availability: it gets advice, and is refused only what is wrong everywhere. All others must keep every promise;
 * so must a stack that says nothing.
 * @param stack - name of the stack
 * @param replicas - `fairlead:replicas` of the environment
 * @param cluster - `fairlead:cluster` of the environment
 */
export function policyOptions(stack: string, replicas: { readonly min?: number } | undefined, cluster: ClusterPromises = {}): PolicyOptions {
  const least = replicas?.min ?? SPARE;
  if (least < SPARE) return { replicas: 'disabled' };
  return {
    level: 'mandatory',
    ...ofCluster(cluster),
    'host-access': { exceptions: false },
    'restricted-pods': { exceptions: false },
    'namespace-security': { atLeast: 'restricted' },
    'image-reference': { images: stack === 'production' ? 'fixed' : 'tag' },
    replicas: { minReplicas: SPARE, except: { 'Deployment/*/loadgenerator': 'shops as people would; nobody misses it while its node is drained' } },
  };
}
