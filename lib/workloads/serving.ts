import { makeAutoscaler } from '../availability/autoscaler';
import { makeDisruptionBudget, type DisruptionProps } from '../availability/disruption';
import type { Replicas } from '../availability/replicas';
import type { SpreadMode } from '../availability/spread';
import { makeRecommender } from '../availability/vertical';
import { OWNERSHIP_KEYS, type Application, type OwnershipProps } from '../core/application';
import type { Manifest } from '../core/manifest';
import { checkLabelValue } from '../core/names';
import type { IApplication } from '../core/registry';
import { asList } from '../core/shape';
import type { MetricsProps } from '../network/metrics';
import { parseImage, type ImageInput } from '../pod/image';
import { POD_KEYS, type PodProps } from '../pod/pod-template';
import type { ProbesProps } from '../pod/probes';
import type { ShutdownProps } from '../pod/shutdown';
import type { ReleaseTask } from './release-task';
import type { RolloutProps } from './rollout';
import type { SloProps } from './slo';

/** What every workload that keeps running takes: WebApp, Worker and StatefulService. */
export interface ServingProps extends OwnershipProps, PodProps {
  /** How the kubelet asks how it is. @default derived from the primary port; none without a port */
  readonly probes?: ProbesProps;
  /** How it stops. @default 5 s of notice where requests come in (30 s behind a load balancer of the cloud), 20 s to finish */
  readonly shutdown?: ShutdownProps;
  /** How a new version takes over. @default no capacity is lost */
  readonly rollout?: RolloutProps;
  /** How many pods a drain may take at once; `false` for no budget. @default 1 from two pods on */
  readonly disruption?: DisruptionProps | false;
  /** How pods spread over zones and nodes. @default 'preferred' */
  readonly spread?: SpreadMode;
  /** Where metrics are served. @default not measured */
  readonly metrics?: MetricsProps;
  /** What it promises of its requests; needs `metrics.http`. @default nothing */
  readonly slo?: SloProps;
  /** Whether a VerticalPodAutoscaler recommends requests (needs its custom resource definition). @default false */
  readonly recommendResources?: boolean;
  /** Tasks that must have completed before this version takes over. @default none */
  readonly after?: readonly ReleaseTask[];
}

/** The keys of {@link ServingProps}. */
export const SERVING_KEYS: Record<keyof ServingProps, true> = {
  ...OWNERSHIP_KEYS, ...POD_KEYS,
  probes: true, shutdown: true, rollout: true, disruption: true, spread: true, metrics: true, slo: true, recommendResources: true, after: true,
};

/** Makes autoscaler, budget and recommender of a workload; one derivation, so that they agree. */
export function makeAvailability(application: Application, props: ServingProps, replicas: Replicas, target: Manifest): void {
  makeAutoscaler(application, replicas, target, props.resources);
  makeDisruptionBudget(application, props.disruption, replicas);
  makeRecommender(application, props.recommendResources, target);
}

/** Lets the workload wait for its release tasks. */
export function waitFor({ problems, scope }: Application, workload: Manifest, after: readonly IApplication[] | undefined): void {
  asList(problems, 'after', after).forEach((task, index) => {
    const { application: info } = (task ?? {}) as Partial<IApplication>;
    if (info?.type !== 'ReleaseTask') problems.add(`after[${index}]`, info ? info.name : task, `a ReleaseTask is allowed${info ? `, and this is a ${info.type}` : ''}`);
    else if (task.node.root !== scope.node.root) problems.add(`after[${index}]`, info.name, 'it belongs to another app; build both in one app');
    else workload.node.addDependency(task);
  });
}

/** The image's tag as a label of the workload (not of its pods), where it is fit for one. */
export function versionLabel(image: ImageInput): Record<string, string> {
  const tag = typeof image === 'string' || (typeof image === 'object' && image !== null) ? parseImage(image).tag : undefined;
  return typeof tag === 'string' && checkLabelValue(tag) === undefined ? { 'app.kubernetes.io/version': tag } : {};
}
