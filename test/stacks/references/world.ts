/** Rendered objects, typed as far as references go, and found by name or by label. */
export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
}

interface KeyRef {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

interface NameRef {
  readonly name: string;
  readonly optional?: boolean;
}

interface ConfigSource {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string }[];
  readonly optional?: boolean;
}

export interface Volume {
  readonly name: string;
  readonly configMap?: ConfigSource;
  readonly secret?: ConfigSource;
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: { readonly sources: readonly { readonly configMap?: ConfigSource; readonly secret?: ConfigSource }[] };
}

export interface Probe {
  readonly httpGet?: { readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
  readonly grpc?: { readonly port: number };
}

export interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: { readonly configMapKeyRef?: KeyRef; readonly secretKeyRef?: KeyRef } }[];
  readonly envFrom?: readonly { readonly configMapRef?: NameRef; readonly secretRef?: NameRef }[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly subPath?: string }[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly resources?: { readonly requests?: Labels };
}

export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly serviceAccountName?: string;
  readonly imagePullSecrets?: readonly NameRef[];
  readonly priorityClassName?: string;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly topologySpreadConstraints?: readonly { readonly labelSelector: Selector }[];
}

interface Template {
  readonly metadata: { readonly labels?: Labels };
  readonly spec: PodSpec;
}

export interface Obj<Spec = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: Spec;
  readonly data?: Labels;
  readonly binaryData?: Labels;
}

interface WorkloadSpec {
  readonly replicas?: number;
  readonly selector?: Selector;
  readonly serviceName?: string;
  readonly template?: Template;
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
  readonly jobTemplate?: { readonly spec: { readonly template: Template } };
}

/** Pods that some object makes. */
export interface Pods {
  readonly owner: Obj<WorkloadSpec>;
  /** `Deployment/web`. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
}

/** A Secret that whoever runs the cluster must bring, as synth lists it. */
export interface GivenSecret {
  readonly namespace: string | undefined;
  readonly name: string;
  readonly keys: readonly string[];
}

export const labelOf = ({ kind, metadata }: Obj): string => `${kind}/${metadata.name}`;

/** Whether a selector chooses those labels; an empty one chooses all. */
export const selects = ({ matchLabels = {} }: Selector, labels: Labels): boolean => Object.entries(matchLabels).every(([key, value]) => labels[key] === value);

/** All objects of an environment. */
export class World {
  public readonly pods: readonly Pods[];

  public constructor(
    public readonly objects: readonly Obj[],
    private readonly given: readonly GivenSecret[],
  ) {
    this.pods = objects.flatMap((object) => podsOf(object as Obj<WorkloadSpec>));
  }

  public all<Spec>(kind: string): readonly Obj<Spec>[] {
    return this.objects.filter((object) => object.kind === kind) as Obj<Spec>[];
  }

  public find<Spec>(kind: string, namespace: string | undefined, name: string): Obj<Spec> | undefined {
    return this.all<Spec>(kind).find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  }

  /** Pods of the namespace that the labels select. */
  public selected(namespace: string | undefined, labels: Labels): readonly Pods[] {
    return this.pods.filter((pods) => pods.namespace === namespace && selects({ matchLabels: labels }, pods.labels));
  }

  /** The keys of a Secret that somebody else brings; undefined when nobody is told to. */
  public secretKeys(namespace: string | undefined, name: string): readonly string[] | undefined {
    return this.given.find((secret) => secret.namespace === namespace && secret.name === name)?.keys;
  }
}

function podsOf(owner: Obj<WorkloadSpec>): Pods[] {
  const template = owner.spec?.template ?? owner.spec?.jobTemplate?.spec.template;
  if (template === undefined) return [];
  return [{ owner, name: labelOf(owner), namespace: owner.metadata.namespace ?? '', labels: template.metadata.labels ?? {}, spec: template.spec }];
}
