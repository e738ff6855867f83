import * as pulumi from '@pulumi/pulumi';
import { Chart, type App } from 'cdk8s';
import { Manifest } from '../../lib';
import type { SecretReference } from '../../lib/environment';
import { token, type Outputs } from '../../lib/pulumi';
import { SECRETS, type ShopEnvironment } from '../environment';

const tokenName = ({ keys }: SecretReference) => keys.join('.');

/**
 * Adds the Secret that holds the environment's encrypted values, a key each, which synth only lists. The chart has tokens;
 * the values come from the engine, which decrypts them, and stay secret.
 * @returns the Outputs of the tokens
 */
export function addSecrets(app: App, { config, secrets }: ShopEnvironment): Outputs {
  if (secrets.length === 0) return {};
  const chart = new Chart(app, 'secrets', { namespace: config.namespace });
  new Manifest(chart, 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: SECRETS, labels: { 'app.kubernetes.io/managed-by': 'fairlead', 'app.kubernetes.io/part-of': 'boutique' } },
    stringData: Object.fromEntries(secrets.map((reference) => [String(reference.keys.at(-1)), token(tokenName(reference))])),
  });
  return Object.fromEntries(secrets.map((reference) => [tokenName(reference), valueOf(reference)]));
}

/** The decrypted value; Pulumi has the first key as text or JSON. */
function valueOf({ keys: [first, ...rest] }: SecretReference): pulumi.Output<string> {
  const config = new pulumi.Config();
  const key = String(first);
  if (rest.length === 0) return config.requireSecret(key);
  return config.requireSecretObject<unknown>(key).apply((value) => rest.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value) as string);
}
