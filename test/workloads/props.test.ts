import type { Construct } from 'constructs';
import { problemsOf, render } from '../support';
import { all, cron, release, stateful, web, worker } from '../builders';
import { CRON, RELEASE, STATEFUL, WEB, WORKER } from './samples';

const KINDS = [
  ['WebApp', web, WEB],
  ['Worker', worker, WORKER],
  ['StatefulService', stateful, STATEFUL],
  ['CronTask', cron, CRON],
  ['ReleaseTask', release, RELEASE],
] as const;

const CASES = KINDS.flatMap(([kind, build, props]) => Object.entries(props).map(([prop, value]) => [kind, prop, build as Build, value, props as Props] as const));
type Props = Readonly<Record<string, unknown>>;
type Build = (props?: Props, id?: string) => (scope: Construct) => unknown;

/** What else a prop needs to be valid. */
const NEEDS: Readonly<Record<string, readonly string[]>> = { metrics: ['ports'], slo: ['ports', 'metrics'], replicas: ['resources'], disruption: ['replicas', 'resources'], spread: ['replicas', 'resources'], claimRetention: ['mounts'], patches: [], route: ['ports'] };

describe('every prop changes the output', () => {
  it.each(CASES.filter(([, prop]) => prop !== 'after'))('%s.%s', (_, prop, build, value, props) => {
    const base = Object.fromEntries((NEEDS[prop] ?? []).filter((key) => key in props).map((key) => [key, props[key]]));
    const target = stateful({}, 'target');
    const without = render(all(target, build(base)));
    expect(render(all(target, build({ ...base, [prop]: value })))).not.toEqual(without);
  });
});

describe('a value of the wrong type is reported or taken, and never throws', () => {
  const WRONG = [null, 0, -1, 1.5, NaN, '', 'x', true, false, [], [null], ['x'], [[]], {}, { x: null }, { x: {} }, () => 1, new Date(0), new Map()];

  it.each(CASES)('%s.%s', (_, prop, build) => {
    for (const value of WRONG) expect(() => problemsOf(build({ [prop]: value }))).not.toThrow();
  });

  /** The same one level down: in the fields of objects, and in the items of lists. */
  it.each(CASES.filter(([, , , value]) => typeof value === 'object'))('within %s.%s', (_, prop, build, value) => {
    for (const key of Object.keys(value as object)) {
      for (const wrong of [null, 5, 'x', [], [null], {}, () => 1]) {
        const given = Array.isArray(value) ? value.map((item, index) => (String(index) === key ? wrong : item)) : { ...(value as object), [key]: wrong };
        expect(() => problemsOf(build({ [prop]: given }))).not.toThrow();
      }
    }
  });
});
