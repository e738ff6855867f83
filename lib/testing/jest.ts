/**
 * Adds the matchers to jest's `expect`: import it in a test, or name it in `setupFilesAfterEnv`.
 */
import { matchers } from './matchers';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the way in which jest's types are extended
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type -- as @types/jest has it
    interface Matchers<R, T = {}> {
      /** Whether the app, chart or construct renders an object of the kind (and name) with at least these fields. */
      toRender(kind: string, name?: string, fields?: object): R;
      /** Whether synth reports a mistake that holds the text or fits the pattern. */
      toHaveProblem(expected: string | RegExp): R;
    }
  }
}

const { expect } = globalThis as { expect?: { extend(added: object): void } };
if (!expect) throw new Error("fairlead/testing/jest: got no global 'expect'; import it in a jest test, or call expect.extend(matchers) with the matchers of fairlead/testing");
expect.extend(matchers);
