import fc from 'fast-check';
import { problemsOf, render, templateOf, type Manifests } from '../support';
import { stateful, web } from '../builders';

const resources = { requests: { cpu: '100m' } };
const percent = fc.integer({ min: 0, max: 100 }).map((value) => `${value}%`);
const amount = fc.oneof(fc.nat(6), percent);
const replicas = fc.oneof(
  fc.nat(25),
  fc.tuple(fc.integer({ min: 1, max: 25 }), fc.nat(25)).map(([min, more]) => ({ min, max: min + more })),
);
const disruption = fc.oneof(fc.constant(undefined), fc.constant(false), amount.map((maxUnavailable) => ({ maxUnavailable })), amount.map((minAvailable) => ({ minAvailable })));
const rollout = fc.oneof(fc.constant(undefined), fc.record({ maxSurge: amount, maxUnavailable: amount }, { requiredKeys: [] }));
const spread = fc.constantFrom(undefined, 'preferred', 'required', false);
const workloads = fc.record({ replicas, disruption, rollout, spread });

const find = (manifests: Manifests, kind: string) => Object.values(manifests).find((manifest) => manifest.kind === kind);
const resolve = (value: number | string, of: number, round: (exact: number) => number) => (typeof value === 'number' ? value : round((of * Number.parseInt(value, 10)) / 100));
const least = (input: number | { min: number }) => (typeof input === 'number' ? input : input.min);

/** Pods that the disruption controller lets go when all of them are healthy. */
function disruptionsAllowed(manifests: Manifests, pods: number): number {
  const { minAvailable, maxUnavailable } = (find(manifests, 'PodDisruptionBudget')?.spec ?? { maxUnavailable: pods }) as { minAvailable?: number | string; maxUnavailable?: number | string };
  return minAvailable === undefined ? resolve(maxUnavailable!, pods, Math.ceil) : pods - resolve(minAvailable, pods, Math.ceil);
}

/** Surge and unavailable pods as the Deployment controller resolves them. */
function fenceposts(manifests: Manifests, pods: number): { surge: number; unavailable: number } {
  const { rollingUpdate } = (find(manifests, 'Deployment')!.spec as { strategy: { rollingUpdate: { maxSurge: number | string; maxUnavailable: number | string } } }).strategy;
  const surge = resolve(rollingUpdate.maxSurge, pods, Math.ceil);
  const unavailable = resolve(rollingUpdate.maxUnavailable, pods, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** Renders what is valid; what is refused is another test's. */
function ifValid(props: object, check: (manifests: Manifests) => void): void {
  fc.pre(problemsOf(web({ resources, ...props })).length === 0);
  check(render(web({ resources, ...props })));
}

describe('whatever the replicas, the budget and the rollout', () => {
  it('at least one pod may go at every number of pods that there may be', () => {
    fc.assert(
      fc.property(workloads, (props) =>
        ifValid(props, (manifests) => {
          const { min, max } = typeof props.replicas === 'number' ? { min: props.replicas, max: props.replicas } : props.replicas;
          for (let pods = Math.max(min, 1); pods <= max; pods++) expect(disruptionsAllowed(manifests, pods)).toBeGreaterThanOrEqual(1);
        }),
      ),
      { numRuns: 200 },
    );
  });

  it('a rollout can always make a step', () => {
    fc.assert(
      fc.property(workloads, (props) =>
        ifValid(props, (manifests) => {
          const { surge, unavailable } = fenceposts(manifests, Math.max(least(props.replicas), 1));
          expect(surge + unavailable).toBeGreaterThanOrEqual(1);
        }),
      ),
      { numRuns: 200 },
    );
  });

  it('a rollout that nobody tuned loses no capacity', () => {
    fc.assert(
      fc.property(replicas, (given) =>
        ifValid({ replicas: given }, (manifests) => {
          const { surge, unavailable } = fenceposts(manifests, Math.max(least(given), 1));
          expect(unavailable).toBe(0);
          expect(surge).toBeGreaterThanOrEqual(1);
        }),
      ),
    );
  });

  it('the autoscaler never works against a fixed number of replicas', () => {
    fc.assert(
      fc.property(replicas, (given) =>
        ifValid({ replicas: given }, (manifests) => {
          const fixed = 'replicas' in (find(manifests, 'Deployment')!.spec as object);
          expect(fixed).toBe(find(manifests, 'HorizontalPodAutoscaler') === undefined);
        }),
      ),
    );
  });

  it('one node in one zone is enough: nothing is required of nodes, and zones only of each other', () => {
    fc.assert(
      fc.property(workloads, (props) =>
        ifValid(props, (manifests) => {
          const { affinity, topologySpreadConstraints = [] } = templateOf(find(manifests, 'Deployment')!).spec as { affinity?: unknown; topologySpreadConstraints?: { topologyKey: string; whenUnsatisfiable: string; minDomains?: number }[] };
          expect(affinity).toBeUndefined();
          for (const { topologyKey, whenUnsatisfiable, minDomains } of topologySpreadConstraints) {
            expect(minDomains).toBeUndefined();
            if (topologyKey === 'kubernetes.io/hostname') expect(whenUnsatisfiable).toBe('ScheduleAnyway');
          }
        }),
      ),
    );
  });

  it('a StatefulService can be drained too', () => {
    fc.assert(
      fc.property(replicas, disruption, (given, budget) => {
        const build = stateful({ resources, replicas: given, disruption: budget });
        fc.pre(problemsOf(build).length === 0);
        expect(disruptionsAllowed(render(build), Math.max(least(given), 1))).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
