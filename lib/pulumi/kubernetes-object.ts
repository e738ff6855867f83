import * as pulumi from '@pulumi/pulumi';
import type { JsonObject } from '../core/json';
import { typeToken } from './api-versions';

/** The metadata that the API server gives an object; more is in it. */
export interface ObjectMetadata {
  /** Its name. */
  readonly name: string;
  /** Its namespace. @default none: it stands in none */
  readonly namespace?: string;
  /** The id that the API server gave it. @default none, before it is made */
  readonly uid?: string;
  /** Its labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its annotations. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Any Kubernetes object as a resource of Pulumi's Kubernetes provider. It needs nothing of `@pulumi/kubernetes` but the
 * provider plugin: the type alone says what it is.
 */
export class KubernetesObject extends pulumi.CustomResource {
  /** Group and version of its kind. */
  declare public readonly apiVersion: pulumi.Output<string>;
  /** Its kind. */
  declare public readonly kind: pulumi.Output<string>;
  /** Its metadata, as the API server completes it. */
  declare public readonly metadata: pulumi.Output<ObjectMetadata>;
  /** The object's spec; of another type for each kind, undefined where the kind has none. */
  declare public readonly spec: pulumi.Output<JsonObject | undefined>;
  /** What the cluster says of it, such as the address of an Ingress. */
  declare public readonly status: pulumi.Output<JsonObject | undefined>;

  /** @param manifest - the object; Outputs may stand anywhere in it */
  public constructor(name: string, manifest: JsonObject & { readonly apiVersion: string; readonly kind: string }, options?: pulumi.CustomResourceOptions) {
    super(typeToken(manifest.apiVersion, manifest.kind), name, { spec: undefined, ...manifest, status: undefined }, options);
  }
}
