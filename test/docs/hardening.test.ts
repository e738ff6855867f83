import { concerns, describe as tell, holds, type Expectation } from '../../scripts/hardening/claim';
import { failing, hardeningPage } from '../../scripts/hardening/page';
import { BENCHMARKS } from '../../scripts/hardening/record';
import { EXCEPTIONS } from '../../lib/pulumi/cluster';
import type { RegisteredResource } from '../../lib/pulumi/testing';
import { readPage } from './markdown';

type Tree = Record<string | number, unknown>;

/** The resources, with another value at the path of one of them. */
function weakened(resources: readonly RegisteredResource[], index: number, { path }: Expectation, value: unknown): RegisteredResource[] {
  const copy = structuredClone(resources) as RegisteredResource[];
  const holder = path.slice(0, -1).reduce((inner, key) => ((inner as Tree)[key] ??= {}) as Tree, copy[index] as unknown as Tree);
  if (value === undefined) delete holder[path.at(-1)!];
  else holder[path.at(-1)!] = value;
  return copy;
}

it('the page is what `npx tsx scripts/hardening/generate.ts` writes', async () => {
  expect(await hardeningPage()).toBe(readPage('docs/hardening.md'));
});

describe.each(BENCHMARKS.flatMap((benchmark) => Object.keys(benchmark.shapes).map((shape) => [`${benchmark.title} ${benchmark.shapes[shape]}`, benchmark, shape] as const)))('%s', (_, benchmark, shape) => {
  const { claims, record } = benchmark;
  const expectations = claims.flatMap(({ asks, by }) => (typeof by[shape] === 'string' ? [] : by[shape]!.map((expectation) => [asks, tell(expectation), expectation] as const)));
  let resources: readonly RegisteredResource[];

  beforeAll(async () => {
    resources = await record(shape);
  });

  it('satisfies every claim', () => expect(failing(claims, shape, resources)).toEqual([]));

  it.each(expectations)('%s: every weaker value is seen, in every resource: %s', (_asks, _text, expectation) => {
    expect(expectation.condition.weaker).not.toEqual([]);
    const concerned = resources.flatMap((resource, index) => (concerns(expectation, resource) ? [index] : []));
    expect(concerned).not.toEqual([]);
    for (const index of concerned) {
      for (const value of expectation.condition.weaker) expect({ index, value, holds: holds(expectation, weakened(resources, index, expectation, value)) }).toEqual({ index, value, holds: false });
    }
  });

  it.each(expectations)('%s: it is seen when the resource is gone: %s', (_asks, _text, expectation) => {
    expect(holds(expectation, resources.filter((resource) => !concerns(expectation, resource)))).toBe(false);
  });
});

describe.each(BENCHMARKS.map((benchmark) => [benchmark.title, benchmark] as const))('the table of %s', (_, { claims, skips, shapes, exceptions, record }) => {
  const ids = [...claims, ...skips].flatMap((entry) => entry.ids);

  it('has each check once', () => expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]));
  it('says of each shape what satisfies it', () => expect(claims.flatMap(({ by }) => Object.keys(shapes).filter((shape) => by[shape] === undefined || by[shape].length === 0))).toEqual([]));
  it('gives each skip a reason', () => expect(skips.filter(({ reason }) => reason.length < 20)).toEqual([]));

  it.each(Object.entries(exceptions))('shows what the exception %s opens', async (name, of) => {
    for (const shape of of) expect(failing(claims, shape, await record(shape, name as keyof typeof EXCEPTIONS))).not.toEqual([]);
  });
});

it('every exception is in the report of a cloud, but for that of a version', () => {
  const known = BENCHMARKS.flatMap(({ exceptions }) => Object.keys(exceptions));
  expect(Object.keys(EXCEPTIONS).filter((name) => !known.includes(name))).toEqual(['unlisted-version']);
});

it('a cluster that no longer holds a claim gets no page', () => {
  const [{ claims }] = BENCHMARKS as unknown as [(typeof BENCHMARKS)[number]];
  expect(failing(claims, 'standard', []).length).toBeGreaterThan(30);
  expect(failing(claims, 'no such shape', [])).toEqual(claims);
});
