import { Construct } from 'constructs';
import { readObject, type Shapes } from '../core/forms';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import { Manifest } from '../core/manifest';
import { checkConfigKey, checkDnsSubdomain, type Check } from '../core/names';
import { readPatch, type Patch } from '../core/patch';
import { Problems } from '../core/problems';

/** Where one key of the Secret comes from. */
export interface RemoteKey {
  /** Name of the entry in the store. */
  readonly key: string;
  /** A field of the entry. @default the whole entry */
  readonly property?: string;
  /** A version of the entry. @default the newest */
  readonly version?: string;
}

/** A store of External Secrets. */
export interface SecretStoreReference {
  /** Its name. */
  readonly name: string;
  /** Whether it serves the namespace or the cluster. @default 'SecretStore' */
  readonly kind?: 'SecretStore' | 'ClusterSecretStore';
}

/** Props of an {@link ExternalSecret}. */
export interface ExternalSecretProps {
  /** Name of the Secret. @default the construct's id */
  readonly name?: string;
  /** The SecretStore, by name or with its kind. */
  readonly store: string | SecretStoreReference;
  /** The Secret's keys and where each comes from: an entry of the store, or a field of one. */
  readonly keys: Readonly<Record<string, string | RemoteKey>>;
  /** How often the store is asked. @default '1h' */
  readonly refreshInterval?: string;
  /** A change to the object. @default none */
  readonly patch?: Patch;
}

const SHAPES: Shapes<ExternalSecretProps> = { name: 'text', store: 'any', keys: 'map', refreshInterval: 'text', patch: 'any' };
const STORE_SHAPES: Shapes<SecretStoreReference> = { name: 'any', kind: 'any' };
const REMOTE_SHAPES: Shapes<RemoteKey> = { key: 'any', property: 'text', version: 'text' };
const INTERVAL = /^(\d+(\.\d+)?(ms|s|m|h))+$/;
const checkFilled: Check = (text) => (text === '' ? 'the name of an entry in the store is required' : undefined);

/**
 * A Secret that External Secrets fills from a store (a cloud's secret manager, Vault, …). Give it wherever a Secret is
 * taken by reference: `env: { PASSWORD: fromSecret(secret, 'password') }`. Needs the operator in the cluster.
 */
export class ExternalSecret extends Construct {
  /** Name of the Secret. */
  public readonly name: string;
  /** The ExternalSecret. */
  public readonly externalSecret: Manifest;

  public constructor(scope: Construct, id: string, given: ExternalSecretProps) {
    super(scope, id);
    const problems = new Problems(this);
    const props = readObject<ExternalSecretProps>(problems, '', given ?? {}, SHAPES);
    this.name = props.name ?? id;
    problems.check('name', this.name, checkDnsSubdomain);
    const { keys = {}, refreshInterval = '1h' } = props;
    if (Object.keys(keys).length === 0) problems.add('keys', given?.keys, 'at least one key is required');
    if (!INTERVAL.test(refreshInterval)) problems.add('refreshInterval', refreshInterval, 'a duration such as "1h" or "15m" is allowed');
    this.externalSecret = new Manifest(
      this,
      'externalSecret',
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: this.name, labels: { 'app.kubernetes.io/managed-by': 'fairlead' } },
        spec: {
          refreshInterval,
          secretStoreRef: readStore(problems, props.store),
          target: { name: this.name, creationPolicy: 'Owner' },
          data: Object.entries(keys).map(([secretKey, remote]) => ({ secretKey, remoteRef: readRemote(problems, secretKey, remote) })),
        },
      },
      readPatch(problems, props.patch),
    );
  }
}

function readStore(problems: Problems, given: ExternalSecretProps['store'] | undefined): JsonObject {
  const { name, kind = 'SecretStore' } = isPlainObject(given) ? readObject<SecretStoreReference>(problems, 'store', given as unknown as SecretStoreReference, STORE_SHAPES) : { name: given };
  problems.check('store', name, checkDnsSubdomain);
  if (kind !== 'SecretStore' && kind !== 'ClusterSecretStore') problems.add('store.kind', kind, "'SecretStore' and 'ClusterSecretStore' are allowed");
  return { kind, name };
}

function readRemote(problems: Problems, secretKey: string, given: string | RemoteKey): JsonObject | undefined {
  const prop = `keys.${secretKey}`;
  problems.check(prop, secretKey, checkConfigKey);
  const remote = isPlainObject(given) ? readObject<RemoteKey>(problems, prop, given as unknown as RemoteKey, REMOTE_SHAPES) : { key: given as string };
  problems.check(prop, remote.key, checkFilled);
  return compact(remote);
}
