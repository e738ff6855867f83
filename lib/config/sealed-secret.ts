import { Construct } from 'constructs';
import { shaped, type Shapes } from '../core/forms';
import { isPlainObject } from '../core/json';
import { Manifest } from '../core/manifest';
import { checkConfigKey, checkDnsSubdomain } from '../core/names';
import { readPatch, type Patch } from '../core/patch';
import { Problems } from '../core/problems';
import { didYouMean, sentenceList } from '../core/suggest';

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

const SHAPES: Shapes<SealedSecretProps> = { name: 'text', encryptedData: 'any', type: 'text', scope: 'any', patch: 'any' };
const SCOPES = ['strict', 'namespace-wide', 'cluster-wide'];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** Bytes of an RSA-encrypted key, by the sizes of the controller's own. */
const KEY_LENGTHS = [256, 384, 512, 1024];
/** Bytes that authenticate the encrypted value. */
const TAG_LENGTH = 16;

/** Whether kubeseal printed it: base64 of two bytes that say how long the encrypted key is, that key, and the encrypted value. */
function isSealed(value: unknown): boolean {
  if (typeof value !== 'string' || !BASE64.test(value)) return false;
  const bytes = Buffer.from(value, 'base64');
  const keyLength = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  return KEY_LENGTHS.includes(keyLength) && bytes.length >= 2 + keyLength + TAG_LENGTH;
}

/**
 * A Secret that stands encrypted in git; the Sealed Secrets controller decrypts it in the cluster. Give it wherever a
 * Secret is taken by reference: `env: { PASSWORD: fromSecret(secret, 'password') }`.
 */
export class SealedSecret extends Construct {
  /** Name of the Secret. */
  public readonly name: string;
  /** The SealedSecret. */
  public readonly sealedSecret: Manifest;

  public constructor(scope: Construct, id: string, given: SealedSecretProps) {
    super(scope, id);
    const problems = new Problems(this);
    // What is given may be a secret in clear, also under another key: it is not shown.
    for (const key of Object.keys(given ?? {})) if (!Object.hasOwn(SHAPES, key)) problems.refuse(key, `no such prop here${didYouMean(key, Object.keys(SHAPES))}`);
    const props = shaped<SealedSecretProps>(problems, '', given ?? {}, SHAPES);
    this.name = props.name ?? id;
    problems.check('name', this.name, checkDnsSubdomain);
    const { scope: binding = 'strict' } = props;
    const encryptedData = isPlainObject(props.encryptedData) ? (props.encryptedData as Record<string, string>) : {};
    if (Object.keys(encryptedData).length === 0) problems.refuse('encryptedData', 'an object with at least one key is required');
    for (const [key, value] of Object.entries(encryptedData)) {
      problems.check(`encryptedData.${key}`, key, checkConfigKey);
      if (!isSealed(value)) problems.refuse(`encryptedData.${key}`, 'got a value that kubeseal did not encrypt (not shown: it may be the secret itself); run kubeseal and paste what it prints');
    }
    if (!SCOPES.includes(binding)) problems.add('scope', binding, `${sentenceList(SCOPES)} are allowed`);
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
      readPatch(problems, props.patch),
    );
  }
}
