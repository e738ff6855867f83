import type { Exception } from '../../lib/pulumi/cluster';
import type { PolicyOptions } from '../../lib/pulumi/policy';

/** Fewest pods from which on a service survives the loss of one. */
const SPARE = 2;

/** The agents of the nodes, and the only two things that may reach for them. */
const AGENTS = {
  'DaemonSet/*-monitoring-nodes/node-exporter': "reads the node's files and processes and its network devices, and writes nothing",
  'DaemonSet/*-monitoring-nodes/fluentd': "reads the log files of the node, which are root's, and keeps its place and its buffers on its disk",
};
/** The namespace that they stand in, and nothing else does. */
const AGENTS_NAMESPACE = { 'Namespace/*-monitoring-nodes': 'holds node-exporter and FluentD alone, which no stricter level lets in' };
/** Single pods by intent. */
const SINGLE = {
  'Deployment/*/loadgenerator': 'shops as people would; nobody misses it while its node is drained',
  'Deployment/*-monitoring/grafana': 'keeps its sessions in the pod; alerts reach people without it',
  'Deployment/*-monitoring/kube-state-metrics': 'two would tell everything twice',
  'Deployment/*-monitoring/blackbox-exporter': 'is back before an alert that rests on it fires',
};

/** What of an environment's cluster the pack asks for. */
export interface ClusterPromises {
  /** Whether it holds to what production needs. @default true */
  readonly production?: boolean;
  /** What it does without, each with its reason. @default nothing */
  readonly exceptions?: Readonly<Partial<Record<Exception, string>>>;
}

/** The policy that an exception of a cluster's settings breaks. */
const BROKEN_BY = { 'public-control-plane': 'cluster-control-plane', 'provider-keys': 'cluster-encryption', 'public-nodes': 'cluster-nodes', 'no-flow-logs': 'cluster-logs', unprotected: 'cluster-deletion' } as const;

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
  if (least < SPARE) return { replicas: 'disabled', 'namespace-security': { except: AGENTS_NAMESPACE } };
  return {
    level: 'mandatory',
    ...ofCluster(cluster),
    'host-access': { exceptions: false, except: AGENTS },
    'restricted-pods': { exceptions: false, except: AGENTS },
    'namespace-security': { atLeast: 'restricted', except: AGENTS_NAMESPACE },
    'image-reference': { images: stack === 'production' ? 'fixed' : 'tag' },
    replicas: { minReplicas: SPARE, except: SINGLE },
  };
}
