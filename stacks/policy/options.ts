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

/**
 * How strict the pack is with an environment. One that runs a single pod of each service, such as `local` and the previews,
 * promises no availability: it gets advice, and is refused only what is wrong everywhere. All others must keep every promise;
 * so must a stack that says nothing.
 * @param stack - name of the stack
 * @param replicas - `fairlead:replicas` of the environment
 */
export function policyOptions(stack: string, replicas: { readonly min?: number } | undefined): PolicyOptions {
  const least = replicas?.min ?? SPARE;
  if (least < SPARE) return { replicas: 'disabled', 'namespace-security': { except: AGENTS_NAMESPACE } };
  return {
    level: 'mandatory',
    'host-access': { exceptions: false, except: AGENTS },
    'restricted-pods': { exceptions: false, except: AGENTS },
    'namespace-security': { atLeast: 'restricted', except: AGENTS_NAMESPACE },
    'image-reference': { images: stack === 'production' ? 'fixed' : 'tag' },
    replicas: { minReplicas: SPARE, except: SINGLE },
  };
}
