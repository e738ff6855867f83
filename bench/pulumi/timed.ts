import * as pulumi from '@pulumi/pulumi';

/**
 * Runs a Pulumi program against an engine that answers at once, as in a preview of a new stack, and prints the milliseconds
 * from the start of the process to the answer of its last registration: what is spent outside of the engine.
 */
export async function timed(program: () => void, config: Record<string, string> = {}): Promise<void> {
  await pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }), call: () => ({}) }, 'fairlead', 'staging', true);
  pulumi.runtime.setAllConfig(config, Object.keys(config));
  program();
  await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  console.log(performance.now());
}

/** The cluster that everyone registers for. */
export const provider = (): pulumi.ProviderResource => new (class extends pulumi.ProviderResource {})('kubernetes', 'cluster', { context: 'bench' });
