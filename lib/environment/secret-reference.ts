import type { KeyPath } from './key-path';

/**
 * Stands for an encrypted value of an environment file. It knows where the value lies and nothing else: the ciphertext
 * is dropped while the file is read, so no log, manifest or error can give it away. `pulumi up` gets the value from
 * the engine; synth lists it among what is required.
 */
export class SecretReference {
  /** Where the value lies in the file, such as `fairlead:frontend.token`. */
  public readonly path: string;
  /** The same place step by step, below the namespace: `['frontend', 'token']`; the first step is the Pulumi config key. */
  public readonly keys: KeyPath;

  /** @internal */
  public constructor(path: string, keys: KeyPath) {
    this.path = path;
    this.keys = keys;
  }

  /**
   * An encrypted value is no text: inside a string it would be rendered as a name that nobody resolves.
   * @throws always, and says what to do instead
   */
  public toString(): never {
    throw new Error(`${this.path}: got an encrypted value inside text; it is not decrypted here, so refer to the Secret that holds it: fromSecret(name, key)`);
  }

  /** `[secret fairlead:frontend.token]` */
  public toJSON(): string {
    return `[secret ${this.path}]`;
  }

  /** What `console.log` and `util.inspect` print. */
  public [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toJSON();
  }
}
