import type * as z from 'zod';
import { showPath } from '../../../core/paths';
import { describeAllowed } from '../../../environment/allowed';
import { EnvironmentError } from '../../../environment/error';
import { explainIssue } from '../../../environment/explain';

/**
 * Checks the settings of a component, and fills in what was left out: what the schema of an environment's file does, for
 * those who write a program of their own.
 * @param where - the component, as messages name it: `GkeCluster "production"`
 * @throws EnvironmentError that names every mistake with its path, before any resource is made
 */
export function readSettings<T>(where: string, value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value, { error: describeAllowed, reportInput: true });
  if (result.success) return result.data;
  const findings = result.error.issues.flatMap((issue) => explainIssue(issue, () => undefined));
  throw new EnvironmentError(findings.map(({ keys, got, allowed }) => ({ file: where, path: showPath(keys), got, allowed })));
}

/** A schema for each key, and no others: holds a schema to the type that it is for. */
export type ShapeOf<T> = Readonly<Record<keyof T, z.ZodType>>;

/** What checks that look at several settings report with. */
export interface Reporter {
  /**
   * Reports a mistake.
   * @param path - where it lies in the settings
   * @param got - the value found there
   * @param allowed - what may stand there
   */
  add(path: readonly (string | number)[], got: unknown, allowed: string): void;
}

/** The reporter of a `superRefine`. */
export function reporterOf(context: z.RefinementCtx): Reporter {
  return { add: (path, got, allowed) => context.addIssue({ code: 'custom', path: [...path], input: got, message: allowed }) };
}
