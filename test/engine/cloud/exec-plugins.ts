import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The programs by which kubeconfigs of the clouds get a token. */
const PROGRAMS = ['gke-gcloud-auth-plugin', 'aws'];

/**
 * Writes programs that stand in for those of the clouds: whoever runs one gets the token of the cluster of the tests, so that
 * the kubeconfigs of the program can stay as they are.
 * @returns the folder, for PATH
 */
export function writeExecPlugins(folder: string, token: string): string {
  mkdirSync(folder, { recursive: true });
  const answer = JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1beta1', kind: 'ExecCredential', status: { token } });
  writeFileSync(join(folder, 'credential.json'), answer, { mode: 0o600 });
  for (const program of PROGRAMS) {
    writeFileSync(join(folder, program), `#!/bin/sh\nexec cat '${join(folder, 'credential.json')}'\n`);
    chmodSync(join(folder, program), 0o755);
  }
  return folder;
}
