import { createHash, createHmac } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { canonicalJson, isPlainObject, type JsonObject } from '../core/json';
import { templatePath } from '../core/pod-template';
import type { DeployedObject } from './deployed-object';
import { podReferences } from './graph/pod-references';
import { identityOfReference } from './graph/reference';
import type { Filled, Outputs } from './outputs';
import { rollsPods } from './pod-template';

/** Annotation of pods: it changes with the Outputs in the config and secrets that they read, and so rolls them. */
export const OUTPUTS_ANNOTATION = 'fairlead.dev/outputs';

/** Rolls pods when an Output changes in a ConfigMap or Secret that they read: its name does not change with it. */
export class Rollouts {
  public constructor(
    private readonly filled: ReadonlyMap<string, Filled>,
    private readonly outputs: Outputs,
    private readonly digestKey: pulumi.Input<string> | undefined,
  ) {}

  /** The manifest with the annotation, where the object's pods read such a ConfigMap or Secret. */
  public annotate(object: DeployedObject, manifest: JsonObject): JsonObject {
    const tokens = rollsPods(object) ? this.tokensReadBy(object) : [];
    if (tokens.length === 0) return manifest;
    const path = [...templatePath(object.manifest)!, 'metadata', 'annotations', OUTPUTS_ANNOTATION];
    return withValue(manifest, path, this.digest(object, tokens));
  }

  private tokensReadBy(object: DeployedObject): string[] {
    const read = podReferences(object).filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret').map(identityOfReference);
    return [...new Set(read.flatMap((identity) => this.filled.get(identity)?.tokens ?? []))].sort();
  }

  /** A digest of the values: keyed where one is secret, for a bare digest of a short secret can be guessed back. */
  private digest(object: DeployedObject, tokens: readonly string[]): pulumi.Output<string> {
    const values = Object.fromEntries(tokens.map((name) => [name, pulumi.output(this.outputs[name]!)]));
    const secrets = Promise.all(Object.values(values).map((value) => pulumi.isSecret(value)));
    const place = `[${object.construct.node.path}] ${object.identity}`;
    const keyed = pulumi.output(secrets).apply((found) => mustBeKeyed(tokens.filter((_, index) => found[index]), this.digestKey !== undefined, place));
    const digest = pulumi.all([values, keyed, this.digestKey ?? '']).apply(([known, isKeyed, key]) => {
      const hash = isKeyed ? createHmac('sha256', key) : createHash('sha256');
      return hash.update(canonicalJson(known)).digest('hex').slice(0, 32);
    });
    return pulumi.unsecret(digest);
  }
}

/**
 * Whether the digest must be keyed.
 * @throws when it must, and there is no key
 */
export function mustBeKeyed(secrets: readonly string[], hasKey: boolean, place: string): boolean {
  if (secrets.length === 0 || hasKey) return secrets.length > 0;
  throw new Error(`${place}: outputs["${secrets[0]}"] is secret, and its pods must roll when it changes; give ChartResources a 'digestKey', a random secret of the stack: pulumi config set --secret digestKey "$(openssl rand -hex 32)", then config.requireSecret('digestKey')`);
}

/** A copy of the object with a value at the path; what it shares with the original is not copied. */
export function withValue(object: JsonObject, [key, ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = object[key!];
  return { ...object, [key!]: rest.length === 0 ? value : withValue(isPlainObject(inner) ? inner : {}, rest, value) };
}
