import { schemaOf } from '../../lib/schema/chunk';
import { CHUNKS, DEFINITIONS, loadIndex } from '../../lib/schema/data/chunks';
import { KUBERNETES_VERSIONS } from '../../lib/schema';

type Variants = (number | Record<string, unknown>)[];
interface Index {
  versions: string[];
  sources: string[];
  kinds: Record<string, Record<string, number[]>>;
}

const index = loadIndex() as Index;
const chunks = CHUNKS.map((chunk) => ({
  start: chunk.start,
  code: chunk.code() as unknown[][],
  schemas: chunk.schemas() as Variants[],
}));

/** References to definitions; a field called "$ref" has a schema for its value. */
function references(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    key === '$ref' && typeof child === 'number' ? [child] : references(child),
  );
}

test('the data is for the versions on offer and names its sources', () => {
  expect(index.versions).toEqual([...KUBERNETES_VERSIONS]);
  for (const version of KUBERNETES_VERSIONS) {
    expect(index.sources).toContainEqual(expect.stringMatching(`^k8s\\.io/kubernetes v${version.replace('.', '\\.')}\\.\\d+$`));
  }
});

test('chunks follow each other without a gap', () => {
  let next = 0;
  for (const { start, schemas } of chunks) {
    expect(start).toBe(next);
    next += schemas.length;
  }
  expect(next).toBe(DEFINITIONS);
});

test('each definition has code for each of its schemas, oldest first', () => {
  for (const { code, schemas } of chunks) {
    const starts = (variants: readonly unknown[]) => variants.filter((_item, i) => i % 2 === 0);
    expect(code.map(starts)).toEqual(schemas.map(starts));
    for (const variants of schemas) {
      expect(starts(variants)).toEqual([...new Set(starts(variants))].sort());
      expect(variants[0]).toBe(0);
    }
    expect(code.every((variants) => variants.every((item, i) => typeof item === (i % 2 ? 'function' : 'number')))).toBe(true);
  }
});

test('every reference leads to a definition', () => {
  const all = chunks.flatMap(({ schemas }) => references(schemas));
  expect(all.length).toBeGreaterThan(1000);
  expect(all.filter((id) => !(id >= 0 && id < DEFINITIONS))).toEqual([]);
});

test('every kind is an object with metadata, and closed', () => {
  for (const kinds of Object.values(index.kinds)) {
    for (const [id = -1, from = 0, to = from] of Object.values(kinds)) {
      expect(to).toBeGreaterThanOrEqual(from);
      expect(schemaOf(id, to)).toMatchObject({
        additionalProperties: false,
        properties: { apiVersion: {}, kind: {}, metadata: { $ref: expect.any(Number) as number } },
      });
    }
  }
});

test('no prose is shipped', () => {
  expect(JSON.stringify(chunks.map(({ schemas }) => schemas))).not.toContain('"description":"');
});
