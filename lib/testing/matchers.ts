import { isPlainObject } from '../core/json';
import { show } from '../core/problems';
import { Manifests } from './manifests';
import { synthesize, type TestSource } from './synthesize';

/** What a matcher says, in the form that jest and vitest ask for. */
export interface MatcherResult {
  /** Whether it holds. */
  readonly pass: boolean;
  /** What to tell when it does not, or, after `not`, when it does. */
  readonly message: () => string;
}

/**
 * Matchers for `expect.extend`; `import 'fairlead/testing/jest'` does that for jest, types included.
 *
 * - `expect(chart).toRender('Deployment', 'shop', { spec: { replicas: 2 } })`: such an object is rendered, with at least
 *   these fields (lists are compared item by item; `expect.any` and the like work)
 * - `expect(chart).toHaveProblem(/replicas/)`: synth reports such a mistake
 */
export const matchers = {
  /** Whether an object of the kind (and name) is rendered that has at least these fields. */
  toRender(received: TestSource | Manifests, kind: string, name?: string, fields: object = {}): MatcherResult {
    const manifests = resultOf(received);
    if (manifests.problems.length > 0) return { pass: false, message: () => `expected ${title(kind, name)}, got problems:\n  ${manifests.problems.join('\n  ')}` };
    const candidates = manifests.all(kind).filter(({ metadata }) => name === undefined || metadata.name === name);
    const differences = candidates.map((manifest) => differencesOf(fields, manifest, ''));
    const pass = differences.some((list) => list.length === 0);
    const others = manifests.all().map((manifest) => title(manifest.kind, manifest.metadata.name));
    const found = candidates.length === 0 ? `none; there are: ${others.join(', ') || 'no objects at all'}` : candidates.map((manifest, index) => `${title(kind, manifest.metadata.name)} with\n  ${differences[index]!.join('\n  ')}`).join('\n');
    return { pass, message: () => (pass ? `expected no ${title(kind, name)} with these fields, got one` : `expected ${title(kind, name)}, got ${found}`) };
  },

  /** Whether synth reports a mistake that holds the text or fits the pattern. */
  toHaveProblem(received: TestSource | Manifests, expected: string | RegExp): MatcherResult {
    const { problems } = resultOf(received);
    const pass = problems.some((problem) => (typeof expected === 'string' ? problem.includes(expected) : problem.search(expected) >= 0));
    return { pass, message: () => `expected ${pass ? 'no' : 'a'} problem with ${String(expected)}, got ${problems.length === 0 ? 'none' : `\n  ${problems.join('\n  ')}`}` };
  },
};

const resultOf = (received: TestSource | Manifests) => (received instanceof Manifests ? received : synthesize(received));
const title = (kind: string, name: string | undefined) => (name === undefined ? kind : `${kind} '${name}'`);

interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

const isAsymmetric = (value: unknown): value is Asymmetric => typeof (value as Asymmetric | undefined | null)?.asymmetricMatch === 'function';

/** Where the value lacks what is expected. */
function differencesOf(expected: unknown, value: unknown, path: string): string[] {
  const differs = [`${path}: expected ${isAsymmetric(expected) ? String(expected) : show(expected)}, got ${show(value)}`];
  if (isAsymmetric(expected)) return expected.asymmetricMatch(value) ? [] : differs;
  if (Array.isArray(expected)) {
    if (!Array.isArray(value) || value.length !== expected.length) return differs;
    return expected.flatMap((item, index) => differencesOf(item, value[index], `${path}[${index}]`));
  }
  if (!isPlainObject(expected)) return Object.is(expected, value) ? [] : differs;
  if (!isPlainObject(value)) return differs;
  return Object.entries(expected).flatMap(([key, field]) => differencesOf(field, value[key], path === '' ? key : `${path}.${key}`));
}
