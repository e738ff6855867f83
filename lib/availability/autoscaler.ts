import type { Application } from '../core/application';
import { findDefault } from '../core/defaults';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ResourcesProps } from '../pod/resources';
import { scalesByEvents, type EventScalingProps, type LoadScalingProps } from './autoscaling';
import type { Replicas } from './replicas';

/** Scales up at once and down slowly, so that a dip in load does not take away what the next peak needs. */
const CALM_BEHAVIOR = {
  scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }, { type: 'Pods', value: 1, periodSeconds: 60 }], selectPolicy: 'Max' },
};
const CPU = 70;

/** Makes the autoscaler, if one is asked for. */
export function makeAutoscaler(application: Application, replicas: Replicas, target: Manifest, ownResources: ResourcesProps | undefined): void {
  const { scaling } = replicas;
  if (!scaling) return;
  const resources = ownResources ?? findDefault(application.scope, 'resources')?.value;
  if (scalesByEvents(scaling)) makeScaledObject(application, replicas, scaling, target, resources);
  else makeHorizontalPodAutoscaler(application, replicas, scaling, target, resources);
}

const referTo = (target: Manifest) => ({ apiVersion: target.apiVersion, kind: target.kind, name: target.name });
const behaviorOf = (application: Application, { behavior }: LoadScalingProps | EventScalingProps) => behavior ?? application.decide('replicas.behavior', CALM_BEHAVIOR, 'up at once, down slowly');

/** A percentage of the small request that is built in would say nothing about the load. */
function needsRequest(application: Application, prop: string, got: unknown, name: 'cpu' | 'memory', resources: ResourcesProps | undefined): void {
  if ((resources?.requests?.[name] ?? resources?.limits?.[name]) !== undefined) return;
  application.problems.add(prop, got, `it is a percentage of the ${name} that the container requests, and it requests none of its own; set resources.requests.${name}`);
}

function makeHorizontalPodAutoscaler(application: Application, replicas: Replicas, scaling: LoadScalingProps, target: Manifest, resources: ResourcesProps | undefined): void {
  const custom = Array.isArray(scaling.metrics) ? scaling.metrics : [];
  const derived = scaling.memory === undefined && custom.length === 0;
  const cpu = scaling.cpu ?? (derived ? application.decide('replicas.cpu', CPU, 'no metric was named') : undefined);
  const metric = (name: 'cpu' | 'memory', averageUtilization: number | undefined): JsonObject[] => {
    if (averageUtilization === undefined) return [];
    needsRequest(application, `replicas.${name}`, averageUtilization, name, resources);
    return [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
  };
  application.manifest('horizontalPodAutoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    spec: {
      scaleTargetRef: referTo(target),
      minReplicas: replicas.min,
      maxReplicas: replicas.max,
      metrics: [...metric('cpu', cpu), ...metric('memory', scaling.memory), ...custom],
      behavior: behaviorOf(application, scaling),
    },
  });
}

function makeScaledObject(application: Application, replicas: Replicas, scaling: EventScalingProps, target: Manifest, resources: ResourcesProps | undefined): void {
  const triggers = Array.isArray(scaling.triggers) ? scaling.triggers : [];
  triggers.forEach((trigger, index) => {
    const ofRequest = trigger?.metricType === undefined || trigger.metricType === 'Utilization';
    if ((trigger?.type === 'cpu' || trigger?.type === 'memory') && ofRequest) needsRequest(application, `replicas.triggers[${index}]`, trigger.type, trigger.type, resources);
  });
  application.manifest('scaledObject', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    spec: compact({
      scaleTargetRef: referTo(target),
      minReplicaCount: replicas.min,
      maxReplicaCount: replicas.max,
      pollingInterval: scaling.pollingInterval,
      cooldownPeriod: scaling.cooldownPeriod,
      advanced: { horizontalPodAutoscalerConfig: { behavior: behaviorOf(application, scaling) } },
      triggers: triggers.map((trigger) => ({ ...trigger })),
    }),
  });
}
