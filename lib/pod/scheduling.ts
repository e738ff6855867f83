import type { k8s } from 'cdk8s-plus-28';
import type { Application } from '../core/application';
import { checkLabels } from '../core/application';
import { keysOf, readTexts, shaped, type Shapes } from '../core/forms';
import { compact, nonEmpty, type JsonObject } from '../core/json';
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

const SHAPES: Shapes<SchedulingProps> = { nodeSelector: 'map', tolerations: 'list', priorityClassName: 'text', spot: 'text' };

/** The keys of {@link SchedulingProps}. */
export const SCHEDULING_KEYS = keysOf(SHAPES);

/** How each provider marks a spot node. */
const SPOT_LABELS = [
  { key: 'cloud.google.com/gke-spot', value: 'true' },
  { key: 'eks.amazonaws.com/capacityType', value: 'SPOT' },
  { key: 'karpenter.sh/capacity-type', value: 'spot' },
];

/** Reads the scheduling props into fields of a pod spec. */
export function readScheduling(application: Application, given: SchedulingProps): JsonObject {
  const { problems } = application;
  const props = shaped(problems, '', given, SHAPES);
  const nodeSelector = Object.fromEntries(readTexts(problems, 'nodeSelector', application.setting('nodeSelector', props.nodeSelector) ?? {}));
  const tolerations = application.setting('tolerations', props.tolerations) ?? [];
  const priorityClassName = application.setting('priorityClassName', props.priorityClassName);
  const spot = application.setting('spot', props.spot);
  checkLabels(problems, 'nodeSelector', nodeSelector);
  if (priorityClassName !== undefined) problems.check('priorityClassName', priorityClassName, checkDnsSubdomain);
  if (spot !== undefined && spot !== 'prefer' && spot !== 'require') problems.add('spot', spot, "'prefer' and 'require' are allowed");
  const all = [...tolerations, ...(spot ? SPOT_LABELS.map(({ key, value }) => ({ key, operator: 'Equal', value, effect: 'NoSchedule' })) : [])];
  return compact({
    nodeSelector: compact(nodeSelector),
    affinity: spot ? spotAffinity(spot) : undefined,
    tolerations: nonEmpty(all),
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
