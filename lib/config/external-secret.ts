import { Construct } from 'constructs';
import { compact } from '../core/json';
import { Manifest } from '../core/manifest';
import { checkConfigKey, checkDnsSubdomain } from '../core/names';
import type { Patch } from '../core/patch';
import { Problems } from '../core/problems';
import { didYouMean } from '../core/suggest';

/** Where one key of the Secret comes from. */
export interface RemoteKey {
  /** Name of the entry in the store. */
  readonly key: string;
  /** A field of the entry. @default the whole entry */
  readonly property?: string;
  /** A version of the entry. @default the newest */
  readonly version?: string;
}

/** Props of an {@link ExternalSecret}. */
export interface ExternalSecretProps {
  /** Name of the Secret. @default the construct's id */
  readonly name?: string;
  /** The SecretStore, by name or with its kind. */
  readonly store: string | { readonly name: string; readonly kind?: 'SecretStore' | 'ClusterSecretStore' };
  /** The Secret's keys and where each comes from: an entry of the store, or a field of one. */
  readonly keys: Readonly<Record<string, string | RemoteKey>>;
  /** How often the store is asked. @default '1h' */
  readonly refreshInterval?: string;
  /** A change to the object. @default none */
  readonly patch?: Patch;
}

const KEYS: Record<keyof ExternalSecretProps, true> = { name: true, store: true, keys: true, refreshInterval: true, patch: true };

/**
 * A Secret that External Secrets fills from a store (a cloud's secret manager, Vault, …). Give it wherever a Secret is
 * taken by reference: `env: { PASSWORD: fromSecret(secret, 'password') }`. Needs the operator in the cluster.
 */
export class ExternalSecret extends Construct {
  /** Name of the Secret. */
  public readonly name: string;
  public readonly externalSecret: Manifest;

  public constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    const problems = new Problems(this);
    problems.unknownKeys('', props, Object.keys(KEYS), didYouMean);
    this.name = props.name ?? id;
    const wrong = checkDnsSubdomain(this.name);
    if (wrong) problems.add('name', this.name, wrong);
    const store = typeof props.store === 'string' ? { name: props.store } : (props.store ?? { name: '' });
    const wrongStore = checkDnsSubdomain(store.name);
    if (wrongStore) problems.add('store.name', store.name, wrongStore);
    if (Object.keys(props.keys ?? {}).length === 0) problems.add('keys', props.keys, 'at least one key is required');
    const interval = props.refreshInterval ?? '1h';
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(interval)) problems.add('refreshInterval', interval, 'a duration such as "1h" or "15m" is allowed');
    this.externalSecret = new Manifest(
      this,
      'externalSecret',
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: this.name, labels: { 'app.kubernetes.io/managed-by': 'fairlead' } },
        spec: {
          refreshInterval: interval,
          secretStoreRef: { kind: 'SecretStore', ...store },
          target: { name: this.name, creationPolicy: 'Owner' },
          data: Object.entries(props.keys ?? {}).map(([secretKey, remote]) => {
            const wrongKey = checkConfigKey(secretKey);
            if (wrongKey) problems.add(`keys.${secretKey}`, secretKey, wrongKey);
            const remoteRef = typeof remote === 'string' ? { key: remote } : compact({ key: remote.key, property: remote.property, version: remote.version });
            return { secretKey, remoteRef };
          }),
        },
      },
      { patch: props.patch },
    );
  }
}
