import type { Application, OwnershipProps } from '../core/application';
import { OWNERSHIP_KEYS } from '../core/application';
import type { IApplication } from '../core/registry';
import { makeRecommender } from '../availability/vertical';
import { makeDisruptionBudget, type DisruptionProps } from '../availability/disruption';
import { makeAutoscaler, type Replicas } from '../availability/replicas';
import type { ReplicasInput } from '../availability/autoscaling';
import type { SpreadMode } from '../availability/spread';
import type { JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { MetricsProps } from '../network/metrics';
import { POD_KEYS, type PodProps } from '../pod/pod-template';
import type { ProbesProps } from '../pod/probes';
import type { ShutdownProps } from '../pod/shutdown';
import type { ReleaseTask } from './release-task';
import type { RolloutProps } from './rollout';

/** What every workload that keeps running takes: WebApp, Worker and StatefulService. */
export interface ServingProps extends OwnershipProps, PodProps {
  /** How the kubelet asks how it is. @default derived from the primary port; none without a port */
  readonly probes?: ProbesProps;
  /** How it stops. @default 5 s of notice where requests come in, 20 s to finish */
  readonly shutdown?: ShutdownProps;
  /** How a new version takes over. @default no capacity is lost */
  readonly rollout?: RolloutProps;
  /** How many pods a drain may take at once; `false` for no budget. @default 1 from two pods on */
  readonly disruption?: DisruptionProps | false;
  /** How pods spread over zones and nodes. @default 'preferred' */
  readonly spread?: SpreadMode;
  /** Where metrics are served. @default not measured */
  readonly metrics?: MetricsProps;
  /** Whether a VerticalPodAutoscaler recommends requests (needs its custom resource definition). @default false */
  readonly recommendResources?: boolean;
  /** Tasks that must have completed before this version takes over. @default none */
  readonly after?: readonly ReleaseTask[];
}

/** The keys of {@link ServingProps}. */
export const SERVING_KEYS: Record<keyof ServingProps, true> = {
  ...OWNERSHIP_KEYS, ...POD_KEYS,
  probes: true, shutdown: true, rollout: true, disruption: true, spread: true, metrics: true, recommendResources: true, after: true,
};

/** The objects that keep a workload available. */
export interface AvailabilityObjects {
  readonly horizontalPodAutoscaler?: Manifest | undefined;
  readonly scaledObject?: Manifest | undefined;
  readonly podDisruptionBudget?: Manifest | undefined;
  readonly verticalPodAutoscaler?: Manifest | undefined;
}

/** Makes autoscaler, budget and recommender of a workload; one derivation, so that they agree. */
export function makeAvailability(application: Application, props: ServingProps, replicas: Replicas, target: Manifest, requests: JsonObject): AvailabilityObjects {
  if (replicas.scaling && 'memory' in replicas.scaling && props.recommendResources) {
    application.decide('recommendResources', true, 'it recommends only, so it does not fight the autoscaler');
  }
  return {
    ...makeAutoscaler(application, replicas, target, requests),
    podDisruptionBudget: makeDisruptionBudget(application, props.disruption, replicas),
    verticalPodAutoscaler: makeRecommender(application, props.recommendResources, target),
  };
}

/** Lets the workload wait for its release tasks. */
export function waitFor(application: Application, workload: Manifest, after: readonly IApplication[] | undefined): void {
  (after ?? []).forEach((task, index) => {
    if (task?.application?.type !== 'ReleaseTask') application.problems.add(`after[${index}]`, typeof task, 'a ReleaseTask is allowed');
    else workload.node.addDependency(task);
  });
}

/** The type of `replicas` in the workloads that scale. */
export type { ReplicasInput };
