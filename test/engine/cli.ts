import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { findOnPath } from '../../stacks/commands/find-on-path';
import { GoModule } from '../cluster/harness/go';
import { buildTools } from '../cluster/harness/go-tools';

/** A Pulumi CLI, and where it comes from. */
export interface PulumiCli {
  /** Path of the program. */
  readonly path: string;
  /** For people: which one it is. */
  readonly description: string;
}

const MODULE = new GoModule(path.join(__dirname, 'pulumi'));

/** The Pulumi CLI that FAIRLEAD_TEST_PULUMI names, or else the one on PATH; undefined where there is neither. */
export function findPulumi(): PulumiCli | undefined {
  const named = process.env.FAIRLEAD_TEST_PULUMI;
  if (named) {
    if (!existsSync(named)) throw new Error(`FAIRLEAD_TEST_PULUMI names ${named}, which does not exist; correct it, or unset it`);
    return { path: path.resolve(named), description: `${named} (FAIRLEAD_TEST_PULUMI)` };
  }
  const installed = findOnPath('pulumi');
  return installed === undefined ? undefined : { path: installed, description: `${installed} (on PATH)` };
}

/** A Pulumi CLI: an installed one, or else one built from its Go module, which takes minutes once. */
export async function findOrBuildPulumi(): Promise<PulumiCli> {
  return findPulumi() ?? buildPulumi();
}

async function buildPulumi(): Promise<PulumiCli> {
  const version = MODULE.pinnedVersion('github.com/pulumi/pulumi/pkg/v3');
  const programs = { pulumi: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi' };
  const linkerFlags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const folder = await buildTools({ title: 'pulumi', module: MODULE, programs, linkerFlags }, ['pulumi']);
  return { path: path.join(folder, 'pulumi'), description: `pulumi ${version}, built from its Go module` };
}
