import { join } from 'node:path';

/**
 * Folder of the policy pack, for `policyPacks` of the Automation API. Ask for a preview with it first: `up` judges relations
 * between objects only when all of them are made.
 * @param directory - the folder of Pulumi.yaml
 */
export const policyPack = (directory: string): string => join(directory, 'stacks/policy');
