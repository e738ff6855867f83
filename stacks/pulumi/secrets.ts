import * as pulumi from '@pulumi/pulumi';
import { Chart, type App } from 'cdk8s';
import { Manifest } from '../../lib';
import type { SecretReference } from '../../lib/environment';
import { token, type Outputs } from '../../lib/pulumi';
import { SECRETS, type ShopEnvironment } from '../environment';
import { ENCRYPTED, GRAFANA_PASSWORD, MONITORING_SECRETS, monitoringNamespace } from '../monitoring/settings';
import { madeOnce } from './made-once';

/** Values of a Secret by its keys. */
type Values = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * Adds the Secrets with the environment's encrypted values, a key each, which synth only lists. The charts have tokens;
 * the values come from the engine, which decrypts them, and stay secret.
 * @returns the Outputs of the tokens
 */
export function addSecrets(app: App, { config, secrets }: ShopEnvironment): Outputs {
  const ofMonitoring = secrets.filter(({ keys }) => keys[1] === ENCRYPTED);
  const own = valuesOf(secrets.filter((reference) => !ofMonitoring.includes(reference)));
  return {
    ...addSecret(app, 'secrets', { name: SECRETS, namespace: config.namespace }, own),
    ...(config.monitoring ? addSecret(app, 'monitoring-secrets', { name: MONITORING_SECRETS, namespace: monitoringNamespace(config.namespace) }, withPassword(valuesOf(ofMonitoring))) : {}),
  };
}

function addSecret(app: App, id: string, { name, namespace }: { readonly name: string; readonly namespace: string }, values: Values): Outputs {
  const keys = Object.keys(values);
  if (keys.length === 0) return {};
  const tokenName = (key: string) => `${name}.${key}`;
  new Manifest(new Chart(app, id, { namespace }), 'secret', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'fairlead', 'app.kubernetes.io/part-of': 'boutique' } },
    stringData: Object.fromEntries(keys.map((key) => [key, token(tokenName(key))])),
  });
  return Object.fromEntries(keys.map((key) => [tokenName(key), values[key]!]));
}

const valuesOf = (references: readonly SecretReference[]): Values => Object.fromEntries(references.map((reference) => [String(reference.keys.at(-1)), valueOf(reference)]));

/** The password of Grafana's administrator: the encrypted one, or one that is made. */
const withPassword = (values: Values): Values => (values[GRAFANA_PASSWORD] ? values : { ...values, [GRAFANA_PASSWORD]: madeOnce('grafana-password') });

/** The decrypted value; Pulumi has the first key as text or JSON. */
function valueOf({ keys: [first, ...rest] }: SecretReference): pulumi.Output<string> {
  const config = new pulumi.Config();
  const key = String(first);
  if (rest.length === 0) return config.requireSecret(key);
  return config.requireSecretObject<unknown>(key).apply((value) => rest.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value) as string);
}
