import { schemaOf } from '../../lib/schema/chunk';
import { checksOf } from '../../lib/schema/checks';
import { explainerOf } from '../../lib/schema/explain';
import { loadIndex } from '../../lib/schema/data/chunks';
import { KUBERNETES_VERSIONS } from '../../lib/schema';
import { Sampler, spotsIn } from './sample';

/*
 * The generated code decides whether a manifest is good, Ajv at run time says why not: both must always agree.
 * Every kind of every version is filled in from its schema and then spoiled in many places, one at a time.
 */

interface Index {
  kinds: Record<string, Record<string, readonly number[]>>;
}

const SPOTS = 40;
const NEWEST = KUBERNETES_VERSIONS.length - 1;
const SPOILED = [{ nonsense_: 1 }, [{ nonsense_: 1 }], '\u0000', 1.5, -1e300, true, null, undefined, {}, []];

/** The kinds of a version; those that do not hang on the version with the newest one only. */
function kindsOf(version: number): [string, number][] {
  return Object.entries((loadIndex() as Index).kinds).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds)
      .filter(([, [, from = NEWEST, to = NEWEST]]) => from <= version && version <= to)
      .map(([kind, [id = -1]]) => [`${apiVersion} ${kind}`, id] as [string, number]),
  );
}

describe.each(KUBERNETES_VERSIONS.map((name, version) => ({ name, version })))('Kubernetes $name', ({ version }) => {
  const check = checksOf(version);
  const explain = (id: number, manifest: unknown) => explainerOf(version).explain(id, manifest);
  const sampler = new Sampler((id) => schemaOf(id, version));

  test('both accept an object with every field', () => {
    for (const [name, id] of kindsOf(version)) {
      const sample = sampler.sample(id);
      expect([name, check[id]?.(sample), explain(id, sample)]).toEqual([name, true, []]);
    }
  });

  test('both judge spoiled objects alike', () => {
    const disagreements: string[] = [];
    let refused = 0;
    for (const [name, id] of kindsOf(version)) {
      const sample = sampler.sample(id);
      spotsIn(sample, SPOTS).forEach(({ parent, key, path }, i) => {
        const before = parent[key];
        parent[key] = SPOILED[i % SPOILED.length];
        const good = check[id]?.(sample);
        refused += good ? 0 : 1;
        // The code may pass a null on to Ajv, which knows where one is allowed.
        const sure = good || parent[key] !== null;
        if (sure && good !== (explain(id, sample).length === 0)) {
          disagreements.push(`${name} ${path} ${JSON.stringify(parent[key])}`);
        }
        parent[key] = before;
      });
    }
    expect(disagreements).toEqual([]);
    expect(refused).toBeGreaterThan(1000);
  });
});
