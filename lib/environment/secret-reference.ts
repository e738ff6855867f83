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

  /** `[secret fairlead:frontend.token]` */
  public toString(): string {
    return `[secret ${this.path}]`;
  }

  /** `[secret fairlead:frontend.token]` */
  public toJSON(): string {
    return this.toString();
  }

  /** What `console.log` and `util.inspect` print. */
  public [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
