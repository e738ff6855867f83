import type { Application } from '../core/application';
import { compact } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { MetricsEndpoint } from '../core/registry';
import type { ReplicasInput } from '../availability/autoscaling';
import { readReplicas } from '../availability/replicas';
import { readSpread } from '../availability/spread';
import { makePod, type Pod } from '../pod/pod-template';
import { readShutdown } from '../pod/shutdown';
import type { NamedSidecar } from '../pod/sidecar';
import { ownedClaim } from '../pod/volumes';
import type { Port } from '../network/ports';
import { deploymentStrategy, readProgressDeadline, readRollout } from './rollout';
import { readSlo, watchAnnotations, type Slo } from './slo';
import { makeAvailability, versionLabel, waitFor, type ServingProps } from './serving';

/** What differs between the workloads that are Deployments. */
export interface DeploymentContext {
  readonly ports: readonly Port[];
  readonly sidecars: readonly NamedSidecar[];
  readonly metrics: MetricsEndpoint | undefined;
  /** Whether requests come in through a Service. */
  readonly serves: boolean;
  readonly replicas: ReplicasInput | undefined;
  /** Seconds of notice before a pod is told to stop, where nobody says others. @default 5 where it serves */
  readonly notice?: number | undefined;
  /** Whether it may scale to zero. */
  readonly toZero: boolean;
}

/** Makes a Deployment with everything that keeps it available. */
export function makeDeployment(application: Application, props: ServingProps, context: DeploymentContext): { deployment: Manifest; pod: Pod; slo: Slo | undefined; grace: number } {
  const replicas = readReplicas(application, context.replicas, { kind: 'Deployment', builtIn: 2, why: 'one pod would leave none during a drain', toZero: context.toZero });
  const shutdown = readShutdown(application, props.shutdown, context.serves, context.notice);
  const rollout = readRollout(application, props.rollout);
  const pod = makePod(application, props, { ports: context.ports, sidecars: context.sidecars, metrics: context.metrics, probes: { given: props.probes }, notice: shutdown.notice, grace: shutdown.grace });
  const [exclusive] = pod.volumes.exclusive;
  if (exclusive && replicas.max > 1) {
    application.problems.add('replicas', replicas.max, `the volume '${exclusive.name}' can be mounted by one node alone (${exclusive.accessMode}); run one pod, claim it ReadWriteMany, or use a StatefulService, which gives each pod a volume of its own`);
  }
  for (const { name, claim } of pod.volumes.claims) ownedClaim(application, name, claim);
  const slo = readSlo(application.problems, props.slo, context.metrics?.http);
  const topologySpreadConstraints = readSpread(application, props.spread, 'pod-template-hash');
  const deployment = application.manifest('deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { labels: versionLabel(props.image), annotations: watchAnnotations(slo, context.metrics?.http) },
    spec: compact({
      replicas: replicas.fixed,
      revisionHistoryLimit: rollout.revisionHistoryLimit,
      minReadySeconds: rollout.minReadySeconds,
      progressDeadlineSeconds: readProgressDeadline(application, rollout),
      strategy: deploymentStrategy(application, rollout, exclusive?.name),
      selector: { matchLabels: { ...application.selector } },
      template: pod.template((name) => `${application.name}-${name}`, compact({ topologySpreadConstraints })),
    }),
  });
  waitFor(application, deployment, props.after);
  makeAvailability(application, props, replicas, deployment);
  return { deployment, pod, slo, grace: shutdown.grace };
}
