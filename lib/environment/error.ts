/** One mistake in an environment's files. */
export interface EnvironmentProblem {
  /** The file's name, such as `Pulumi.staging.yaml`. */
  readonly file: string;
  /** The key path, such as `fairlead:frontend.replicas.min`; empty when the file as a whole is meant. */
  readonly path: string;
  /** What the file has there: short, on one line, never a secret. */
  readonly got: string;
  /** What may stand there. */
  readonly allowed: string;
}

/** Thrown when an environment cannot be read; names every mistake found, one a line. */
export class EnvironmentError extends Error {
  /** The mistakes, in the order of the message's lines. */
  public readonly problems: readonly EnvironmentProblem[];

  public constructor(problems: readonly EnvironmentProblem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'EnvironmentError';
    this.problems = problems;
  }
}

function formatProblem({ file, path, got, allowed }: EnvironmentProblem): string {
  return `${file}: ${path === '' ? '' : `${path}: `}got ${got}; allowed: ${allowed}`;
}
