/** What autoscalers and disruption budgets point at. */
import { labelOf, type Obj, type Selector, type World } from './world';

interface AutoscalerSpec {
  readonly scaleTargetRef: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly metrics: readonly { readonly type: string; readonly resource?: { readonly name: string } }[];
}

export function unresolvedByAvailability(world: World): string[] {
  return [
    ...world.all<AutoscalerSpec>('HorizontalPodAutoscaler').flatMap((autoscaler) => inAutoscaler(world, autoscaler).map((what) => `${labelOf(autoscaler)}: ${what}`)),
    ...world.all<{ selector: Selector }>('PodDisruptionBudget').flatMap((budget) => inBudget(world, budget)),
    ...twice(world, 'HorizontalPodAutoscaler', ({ spec }) => JSON.stringify((spec as AutoscalerSpec).scaleTargetRef)),
    ...twice(world, 'PodDisruptionBudget', ({ spec }) => JSON.stringify((spec as { selector: Selector }).selector)),
  ];
}

function inAutoscaler(world: World, { metadata, spec }: Obj<AutoscalerSpec>): string[] {
  const { apiVersion, kind, name } = spec.scaleTargetRef;
  const target = world.pods.find(({ owner, namespace }) => owner.apiVersion === apiVersion && owner.kind === kind && owner.metadata.name === name && namespace === metadata.namespace);
  if (!target) return [`no ${kind} ${name}`];
  const measured = spec.metrics.flatMap(({ resource }) => resource?.name ?? []);
  return [
    ...(target.owner.spec.replicas === undefined ? [] : [`${kind} ${name} has a number of replicas of its own`]),
    ...measured.flatMap((resource) => target.spec.containers.filter(({ resources }) => resources?.requests?.[resource] === undefined).map((container) => `container ${container.name} of ${kind} ${name} requests no ${resource}`)),
  ];
}

function inBudget(world: World, budget: Obj<{ selector: Selector }>): string[] {
  const { matchLabels = {} } = budget.spec.selector;
  const chosen = world.selected(budget.metadata.namespace, matchLabels);
  return chosen.length === 1 ? [] : [`${labelOf(budget)}: selects the pods of ${chosen.length} workloads`];
}

/** Two budgets over one pod block every eviction; two autoscalers of one workload fight. */
function twice(world: World, kind: string, target: (object: Obj) => string): string[] {
  const seen = new Set<string>();
  return world.all(kind).flatMap((object) => {
    const key = `${object.metadata.namespace}/${target(object)}`;
    if (seen.has(key)) return [`${labelOf(object)}: another ${kind} has the same target`];
    seen.add(key);
    return [];
  });
}
