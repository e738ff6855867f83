import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

const OWNER_ONLY = { mode: 0o600 };

/** The credentials that an API server and its controllers share, as files in one private folder. */
export interface ApiServerFiles {
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly tokens: string;
  readonly token: string;
  readonly certificate: string;
  readonly kubeconfig: string;
}

export async function writeCredentials(folder: string): Promise<ApiServerFiles> {
  const files: ApiServerFiles = {
    serviceAccountKey: path.join(folder, 'service-account.key'),
    serviceAccountPublicKey: path.join(folder, 'service-account.pub'),
    tokens: path.join(folder, 'tokens.csv'),
    token: randomBytes(24).toString('hex'),
    certificate: path.join(folder, 'apiserver.crt'), // the API server writes this one itself
    kubeconfig: path.join(folder, 'kubeconfig'),
  };
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeFile(files.serviceAccountKey, privateKey, OWNER_ONLY);
  await writeFile(files.serviceAccountPublicKey, publicKey, OWNER_ONLY);
  await writeFile(files.tokens, `${files.token},fairlead-test,fairlead-test,system:masters\n`, OWNER_ONLY);
  return files;
}

/** Needs the certificate, so the API server must have started. */
export async function writeKubeconfig(files: ApiServerFiles, server: string): Promise<void> {
  const certificate = (await readFile(files.certificate)).toString('base64');
  const name = 'fairlead-test';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server, 'certificate-authority-data': certificate } }],
    users: [{ name, user: { token: files.token } }],
  };
  await writeFile(files.kubeconfig, JSON.stringify(config, undefined, 2), OWNER_ONLY);
}
