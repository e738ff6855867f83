import type { Kubectl } from './kubectl';

export interface ApplyOptions {
  /**
   * Namespace of the objects that name none. An object that names another one is refused.
   *
   * @default - the namespace `default`
   */
  readonly namespace?: string;
}

export interface Applied {
  /** `deployment.apps/web`, as kubectl names it. */
  readonly object: string;
  /** `serverside-applied`; kubectl says the same whether or not that changed anything. */
  readonly action: string;
}

export interface ApplyResult {
  readonly applied: readonly Applied[];
  /** What the API server warned about: deprecated versions, Pod Security in warn mode, fields without effect. */
  readonly warnings: readonly string[];
}

/** The API server refused at least one object; kubectl applied the others nevertheless. */
export class ApplyError extends Error implements ApplyResult {
  override readonly name = 'ApplyError';
  readonly applied: readonly Applied[];
  readonly warnings: readonly string[];

  constructor(
    readonly refusals: readonly string[],
    result: ApplyResult,
  ) {
    super(`the API server refused:\n${refusals.map((line) => `  ${line}`).join('\n')}`);
    this.applied = result.applied;
    this.warnings = result.warnings;
  }
}

/** Applies manifests the way a careful pipeline does: server-side, and refusing unknown fields. */
export async function apply(
  kubectl: Kubectl,
  manifests: string | object | readonly object[],
  options: ApplyOptions,
): Promise<ApplyResult> {
  const args = ['apply', '--server-side', '--validate=strict', '--field-manager=fairlead-test', '-f', '-'];
  if (options.namespace !== undefined) args.push(`--namespace=${options.namespace}`);
  const output = await kubectl.run(args, toYaml(manifests));
  const result = { applied: appliedIn(output.stdout), warnings: warningsIn(output.stderr) };
  if (output.exitCode !== 0) throw new ApplyError(refusalsIn(output.stderr), result);
  return result;
}

/** Documents of JSON, which every YAML reader accepts. */
function toYaml(manifests: string | object | readonly object[]): string {
  if (typeof manifests === 'string') return manifests;
  const objects = Array.isArray(manifests) ? (manifests as readonly object[]) : [manifests];
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

function appliedIn(stdout: string): Applied[] {
  return linesOf(stdout).map((line) => {
    const [object = '', ...action] = line.split(' ');
    return { object, action: action.join(' ') };
  });
}

const WARNING = 'Warning: ';

function warningsIn(stderr: string): string[] {
  return linesOf(stderr)
    .filter((line) => line.startsWith(WARNING))
    .map((line) => line.slice(WARNING.length));
}

function refusalsIn(stderr: string): string[] {
  return linesOf(stderr).filter((line) => !line.startsWith(WARNING));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
