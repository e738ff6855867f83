import type { k8s } from 'cdk8s-plus-28';
import type { Application } from '../core/application';
import { checkLabels } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import { checkDnsSubdomain } from '../core/names';

/** Where pods may run and who goes first. */
export interface SchedulingProps {
  /** Labels that a node must have. @default any node */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Taints that the pods put up with. @default none */
  readonly tolerations?: readonly k8s.Toleration[];
  /** Name of the PriorityClass. @default the cluster's default */
  readonly priorityClassName?: string;
  /**
   * Whether the pods may run on spot nodes, which are cheap and may go at half a minute's notice: `prefer` takes them where
   * there are any, `require` runs nowhere else. Knows the labels and taints of GKE, EKS and Karpenter.
   * @default no spot nodes are asked for
   */
  readonly spot?: 'prefer' | 'require';
}

/** The keys of {@link SchedulingProps}. */
export const SCHEDULING_KEYS: Record<keyof SchedulingProps, true> = { nodeSelector: true, tolerations: true, priorityClassName: true, spot: true };

/** How each provider marks a spot node. */
const SPOT_LABELS = [
  { key: 'cloud.google.com/gke-spot', value: 'true' },
  { key: 'eks.amazonaws.com/capacityType', value: 'SPOT' },
  { key: 'karpenter.sh/capacity-type', value: 'spot' },
];

/** Reads the scheduling props into fields of a pod spec. */
export function readScheduling(application: Application, props: SchedulingProps): JsonObject {
  const { problems } = application;
  const nodeSelector = application.setting('nodeSelector', props.nodeSelector);
  const tolerations = application.setting('tolerations', props.tolerations) ?? [];
  const priorityClassName = application.setting('priorityClassName', props.priorityClassName);
  const spot = application.setting('spot', props.spot);
  if (nodeSelector) checkLabels(problems, 'nodeSelector', nodeSelector);
  const wrongClass = priorityClassName === undefined ? undefined : checkDnsSubdomain(priorityClassName);
  if (wrongClass) problems.add('priorityClassName', priorityClassName, wrongClass);
  if (spot !== undefined && spot !== 'prefer' && spot !== 'require') problems.add('spot', spot, "'prefer' and 'require' are allowed");
  const all = [...tolerations, ...(spot ? SPOT_LABELS.map(({ key, value }) => ({ key, operator: 'Equal', value, effect: 'NoSchedule' })) : [])];
  return compact({
    nodeSelector: nodeSelector && Object.keys(nodeSelector).length > 0 ? { ...nodeSelector } : undefined,
    affinity: spot ? spotAffinity(spot) : undefined,
    tolerations: all.length > 0 ? all : undefined,
    priorityClassName,
  }) ?? {};
}

function spotAffinity(mode: 'prefer' | 'require'): JsonObject {
  const terms = SPOT_LABELS.map(({ key, value }) => ({ matchExpressions: [{ key, operator: 'In', values: [value] }] }));
  return {
    nodeAffinity:
      mode === 'require'
        ? { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } }
        : { preferredDuringSchedulingIgnoredDuringExecution: terms.map((preference) => ({ weight: 100, preference })) },
  };
}
