import type { JsonObject } from '../../core/json';
import { isClusterScoped } from '../../core/kinds';
import { identityOf, qualifiedKind, type ClusterObject } from '../deployed-object';
import { textAt } from '../../core/paths';
import type { Judged } from './definition';
import { overlap, withoutUnknowns, type Path } from './unknowns';

/** A resource as the engine gives it to a policy. */
export interface EngineResource {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider?: { readonly props: Readonly<Record<string, unknown>> } | undefined;
}

/** `kubernetes:apps/v1:Deployment`; what has no version, such as `kubernetes:yaml:ConfigFile`, is no object. */
const TYPE = /^kubernetes:([^:/]+)\/([^:/]+):([^:]+)$/;
/** What tells one cluster from another in the inputs of a provider. */
const CLUSTER = ['kubeconfig', 'context', 'cluster', 'clusterIdentifier'];

/** A Kubernetes object that a policy judges. */
export class Subject implements ClusterObject, Judged {
  public readonly identity: string;
  public readonly name: string;
  public readonly namespace: string | undefined;
  /** The kind, with its group where that is not Kubernetes' own. */
  public readonly fullKind: string;
  /** The same text for all objects of one cluster. */
  public readonly cluster: string;
  public readonly urn: string;
  /** Its name in the program; previews show it. */
  public readonly logicalName: string;

  private constructor(
    resource: EngineResource,
    public readonly apiVersion: string,
    public readonly kind: string,
    public readonly manifest: JsonObject,
    private readonly unknown: readonly Path[],
  ) {
    const provider = rawProps(resource.provider?.props ?? {});
    this.urn = resource.urn;
    this.logicalName = resource.name;
    this.fullKind = qualifiedKind(apiVersion, kind);
    this.name = textAt(manifest, 'metadata', 'name') ?? resource.name;
    this.namespace = isClusterScoped(this) ? undefined : (textAt(manifest, 'metadata', 'namespace') ?? textAt(provider, 'namespace') ?? 'default');
    this.identity = identityOf(this.fullKind, this.namespace, this.name);
    this.cluster = JSON.stringify(CLUSTER.map((key) => provider[key]));
  }

  /** Reads a resource; undefined where it is no Kubernetes object, or only a patch of one. */
  public static read(resource: EngineResource): Subject | undefined {
    const [, group, version, kind] = TYPE.exec(resource.type) ?? [];
    if (kind === undefined) return undefined;
    const props = rawProps(resource.props);
    if (typeof props.kind === 'string' && props.kind !== kind) return undefined;
    // A provider that knows no previews says nothing at all of an object that is yet to be made.
    const unknown: Path[] = Object.keys(props).length === 0 ? [[]] : [];
    const apiVersion = group === 'core' ? version! : `${group}/${version}`;
    return new Subject(resource, apiVersion, kind, { ...(withoutUnknowns(props, unknown) as JsonObject), apiVersion, kind }, unknown);
  }

  /** Whether everything at the path, and on the way there, is known. */
  public knows(path: Path): boolean {
    return !this.unknown.some((other) => overlap(path, other));
  }
}

/** The values themselves: policies get objects that throw where something unknown is read. */
export function rawProps(props: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(Object.getOwnPropertyDescriptors(props)).map(([key, { value }]) => [key, value as unknown]));
}
