import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation';
import type { Place } from '../../../../stacks/commands/workspace';
import { Engine, findOrBuildPulumi, type PulumiCli } from '../../../engine';
import { bundlePlugin } from '../../../engine/plugin';

/** One thing that the stand-in provider was asked for. */
export interface Action {
  readonly action: 'create' | 'update' | 'delete';
  /** The identity of the object. */
  readonly object: string;
  readonly inputs?: Record<string, unknown>;
}

const PLUGIN = join(__dirname, '../../../../node_modules/.cache/fairlead/plugins/recording');

/** A real Pulumi engine with a stand-in for the Kubernetes provider that has no cluster, and records what it is asked for. */
export class RecordingEngine extends Engine {
  private readonly log = join(this.directory, 'actions.jsonl');
  private readonly failure = join(this.directory, 'failure');
  private read = 0;

  constructor(cli: PulumiCli) {
    bundlePlugin(join(__dirname, 'provider.ts'), PLUGIN);
    super(cli, { folder: PLUGIN, real: false, description: 'a stand-in that records' });
    writeFileSync(this.log, '');
    Object.assign(this.environment, { TEST_PROVIDER_LOG: this.log, TEST_PROVIDER_FAILURE: this.failure });
  }

  /** An engine with the CLI that is installed, or else with that of the tests. */
  static override async create(): Promise<RecordingEngine> {
    return new RecordingEngine(await findOrBuildPulumi());
  }

  /** The project and this engine, as our commands take them. */
  async place(): Promise<Required<Place>> {
    return { directory: this.workDirectory, env: this.environment, cli: await PulumiCommand.get({ root: this.cliRoot, skipVersionCheck: true }) };
  }

  /** Lets the provider fail at one step (`delete Deployment/shop/web`), or at none any more. */
  fail(step: string | undefined): void {
    if (step === undefined) rmSync(this.failure, { force: true });
    else writeFileSync(this.failure, step);
  }

  /** What the provider was asked for since the last call. */
  actions(): Action[] {
    const lines = readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.map((line) => JSON.parse(line) as Action);
  }

  /** The same, as text: `create ConfigMap/shop/a`. */
  steps(): string[] {
    return this.actions().map(({ action, object }) => `${action} ${object}`);
  }
}
