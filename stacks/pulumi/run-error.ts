import * as pulumi from '@pulumi/pulumi';
import { SynthesisError } from '../../lib';
import { EnvironmentError } from '../../lib/environment';
import { KubeconfigProblem } from './kubeconfig';

/** Errors that are messages for people. */
const MESSAGES: readonly (new (...args: never[]) => Error)[] = [EnvironmentError, SynthesisError, KubeconfigProblem, pulumi.RunError];

/**
 * An error of the program, as Pulumi shows it best: a mistake of people without a stack, all else with its stack, as text. Left
 * to itself Pulumi colours the stack of every error, and Node 20 takes half a minute for that where a source map leads into
 * Pulumi's own files.
 */
export function asRunError(error: unknown): unknown {
  if (!(error instanceof Error) || pulumi.ResourceError.isInstance(error)) return error;
  const shown = new pulumi.RunError(MESSAGES.some((kind) => error instanceof kind) ? error.message : error.stack ?? error.message);
  delete shown.stack;
  return shown;
}
