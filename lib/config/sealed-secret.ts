import { Construct } from 'constructs';
import { Manifest } from '../core/manifest';
import { checkConfigKey, checkDnsSubdomain } from '../core/names';
import type { Patch } from '../core/patch';
import { Problems } from '../core/problems';
import { didYouMean } from '../core/suggest';

/** Props of a {@link SealedSecret}. */
export interface SealedSecretProps {
  /** Name of the Secret, as it was sealed. @default the construct's id */
  readonly name?: string;
  /** Values by key, as `kubeseal` encrypted them. */
  readonly encryptedData: Readonly<Record<string, string>>;
  /** Type of the Secret. @default 'Opaque' */
  readonly type?: string;
  /** What the values are bound to, as they were sealed. @default 'strict': name and namespace */
  readonly scope?: 'strict' | 'namespace-wide' | 'cluster-wide';
  /** A change to the object. @default none */
  readonly patch?: Patch;
}

const KEYS: Record<keyof SealedSecretProps, true> = { name: true, encryptedData: true, type: true, scope: true, patch: true };
const SCOPES = ['strict', 'namespace-wide', 'cluster-wide'];
/** What kubeseal prints: base64 of a key and a ciphertext, far longer than any value that is not encrypted. */
const SEALED = /^[A-Za-z0-9+/]{200,}={0,2}$/;

/**
 * A Secret that stands encrypted in git; the Sealed Secrets controller decrypts it in the cluster. Give it wherever a
 * Secret is taken by reference: `env: { PASSWORD: fromSecret(secret, 'password') }`.
 */
export class SealedSecret extends Construct {
  /** Name of the Secret. */
  public readonly name: string;
  public readonly sealedSecret: Manifest;

  public constructor(scope: Construct, id: string, props: SealedSecretProps) {
    super(scope, id);
    const problems = new Problems(this);
    problems.unknownKeys('', props, Object.keys(KEYS), didYouMean);
    this.name = props.name ?? id;
    const wrong = checkDnsSubdomain(this.name);
    if (wrong) problems.add('name', this.name, wrong);
    const { encryptedData = {}, scope: binding = 'strict' } = props;
    if (Object.keys(encryptedData).length === 0) problems.add('encryptedData', props.encryptedData, 'at least one key is required');
    for (const [key, value] of Object.entries(encryptedData)) {
      const wrongKey = checkConfigKey(key);
      if (wrongKey) problems.add(`encryptedData.${key}`, key, wrongKey);
      // The value may be a secret in clear: it is not shown.
      if (typeof value !== 'string' || !SEALED.test(value)) problems.refuse(`encryptedData.${key}`, 'got a value that kubeseal did not encrypt (not shown: it may be the secret itself); run kubeseal and paste what it prints');
    }
    if (!SCOPES.includes(binding)) problems.add('scope', binding, `${SCOPES.join(', ')} are allowed`);
    const annotations = binding === 'strict' ? undefined : { [`sealedsecrets.bitnami.com/${binding}`]: 'true' };
    const metadata = { name: this.name, labels: { 'app.kubernetes.io/managed-by': 'fairlead' }, ...(annotations ? { annotations } : {}) };
    this.sealedSecret = new Manifest(
      this,
      'sealedSecret',
      {
        apiVersion: 'bitnami.com/v1alpha1',
        kind: 'SealedSecret',
        metadata,
        spec: { encryptedData: { ...encryptedData }, template: { type: props.type ?? 'Opaque', metadata: { name: this.name, ...(annotations ? { annotations } : {}) } } },
      },
      { patch: props.patch },
    );
  }
}
