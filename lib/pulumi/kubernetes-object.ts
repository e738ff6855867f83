import * as pulumi from '@pulumi/pulumi';
import type { JsonObject } from '../core/json';
import { typeToken } from './api-versions';

/** The metadata that the API server gives an object; more is in it. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Any Kubernetes object as a resource of Pulumi's Kubernetes provider. It needs nothing of `@pulumi/kubernetes` but the
 * provider plugin: the type alone says what it is.
 */
export class KubernetesObject extends pulumi.CustomResource {
  declare public readonly apiVersion: pulumi.Output<string>;
  declare public readonly kind: pulumi.Output<string>;
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
