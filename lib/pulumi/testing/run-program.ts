import * as pulumi from '@pulumi/pulumi';
import type { JsonObject } from '../../core/json';
import { recordRegistrations, type RegisteredResource } from './recorder';

/** How {@link runProgram} runs a program. */
export interface RunOptions {
  /** Name of the project. @default 'project' */
  readonly project?: string;
  /** Name of the stack. @default 'stack' */
  readonly stack?: string;
  /** Configuration by key with its namespace; text, or anything that JSON can hold. @default none */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Keys of the configuration that are secret. @default none */
  readonly secretConfig?: readonly string[];
  /** Whether to preview: Outputs of resources are then unknown. @default false */
  readonly preview?: boolean;
  /**
   * Whether errors say where they come from. Pulumi takes a stack trace for every resource and promise, and Jest maps each
   * back to its source: without them a program of a hundred resources takes a third of the time.
   * @default true
   */
  readonly stackTraces?: boolean;
  /** What the provider answers: the state of a new resource. @default its inputs */
  readonly state?: (resource: { readonly type: string; readonly name: string; readonly inputs: JsonObject }) => JsonObject;
  /** What a call to a provider answers: `gcp:organizations/getProject:getProject`; undefined where the test knows none. @default none is answered */
  readonly answer?: (call: { readonly token: string; readonly inputs: JsonObject }) => JsonObject | undefined;
}

/** What a program registered. */
export interface ProgramRun<T> {
  /** Every resource, in the order of registration. */
  readonly resources: readonly RegisteredResource[];
  /** The Kubernetes objects by their identity: `Deployment/shop/frontend`. */
  readonly objects: ReadonlyMap<string, RegisteredResource>;
  /** What the program gave back, its Outputs resolved; unknown ones are undefined. */
  readonly result: pulumi.Unwrap<T>;
}

/**
 * Runs a Pulumi program without an engine, cluster or provider, and gives back what it registered. One at a time: Pulumi
 * keeps the program that runs in one place for the whole process. What an Output throws is a rejection that nobody handles,
 * which fails the test in every test runner.
 * @throws what the program threw
 */
export async function runProgram<T>(program: () => T | Promise<T>, options: RunOptions = {}): Promise<ProgramRun<T>> {
  const limit = Error.stackTraceLimit;
  if (options.stackTraces === false) Error.stackTraceLimit = 0;
  try {
    return await run(program, options);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

async function run<T>(program: () => T | Promise<T>, options: RunOptions): Promise<ProgramRun<T>> {
  const { project = 'project', stack = 'stack', preview = false } = options;
  await pulumi.runtime.setMocks(mocksOf(options), project, stack, preview);
  const resources = recordRegistrations();
  setConfig(options);
  const result = pulumi.output(await finished(program));
  const objects = new Map(resources.filter(({ type }) => type.startsWith('kubernetes:')).map((resource) => [resource.name, resource]));
  return { resources, objects, result: await (result as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise() };
}

/** What the program gave back, once all that it registered, also before it failed, was answered. */
async function finished<T>(program: () => T | Promise<T>): Promise<T> {
  try {
    return await program();
  } finally {
    await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  }
}

/** What a resource has after it was made. For a Stash the engine itself answers: what was put into it. */
const withStash = (state: NonNullable<RunOptions['state']>): typeof state => (resource) => (resource.type === 'pulumi:index:Stash' ? { ...resource.inputs, output: resource.inputs.input } : state(resource));

function mocksOf({ preview = false, state: given = ({ inputs }) => inputs, answer }: RunOptions): pulumi.runtime.Mocks {
  const state = withStash(given);
  return {
    newResource: ({ type, name, inputs }) => ({ id: preview ? undefined : `${name}-id`, state: preview ? {} : state({ type, name, inputs: inputs as JsonObject }) }),
    call: ({ token, inputs }) => {
      // The engine gives what the state has; here there is none yet.
      if (token === 'pulumi:pulumi:getResource') return { urn: inputs.urn as string, id: '', state: {} };
      const found = answer?.({ token, inputs: inputs as JsonObject });
      if (found !== undefined) return found;
      throw new Error(`runProgram: got a call of ${token}, which \`answer\` does not answer; add it there, or give the program what the call would`);
    },
  };
}

function setConfig({ config = {}, secretConfig = [] }: RunOptions): void {
  const texts = Object.entries(config).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts), [...secretConfig]);
}
