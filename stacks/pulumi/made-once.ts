import { randomBytes } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';

/** More than anyone can try. */
const BYTES = 32;

/** A random secret that is made with the stack and stays the same: it is kept in the state, encrypted. */
export function madeOnce(name: string): pulumi.Output<string> {
  const input = pulumi.secret(randomBytes(BYTES).toString('base64url'));
  const { output } = new pulumi.Stash(name, { input }, { ignoreChanges: ['input'], additionalSecretOutputs: ['output'] });
  return output as pulumi.Output<string>;
}
