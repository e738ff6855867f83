import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { findDefault, type Defaults } from './defaults';
import { decide } from './explain';
import { compact, isPlainObject, type JsonObject } from './json';
import { Manifest } from './manifest';
import { checkDnsLabel, checkLabelKey, checkLabelValue, type Check } from './names';
import type { Patch } from './patch';
import { Problems } from './problems';
import { Registry, type ApplicationInfo, type MetricsEndpoint } from './registry';
import { didYouMean, sentenceList } from './suggest';
import type { Port } from '../network/ports';

/** What every workload says about itself. */
export interface OwnershipProps {
  /**
   * Name of the workload and of the objects it makes: a DNS label, unique in its namespace.
   * @default the construct's id
   */
  readonly name?: string;
  /**
   * The team that owns it; alerts go to that team. A label value.
   * @default the nearest default, or none
   */
  readonly owner?: string;
  /**
   * The larger whole that it belongs to (`app.kubernetes.io/part-of`).
   * @default the nearest default, or none
   */
  readonly partOf?: string;
  /**
   * What it is for, in a sentence (annotation `fairlead.dev/description`).
   * @default none
   */
  readonly description?: string;
  /**
   * Where to read on, by name: `{ source: 'https://…', runbook: 'https://…' }` (annotations `fairlead.dev/link.<name>`).
   * @default none
   */
  readonly links?: Readonly<Record<string, string>>;
  /**
   * Further labels on every object and pod.
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Further annotations on every object (not on pods: see `podAnnotations`).
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Changes to the objects made here, by the name of the construct's property: `{ deployment: { spec: { paused: true } } }`.
   * An object is merged in (`null` removes), a list of `JsonPatch` operations is applied. Nothing set here is dropped.
   * @default none
   */
  readonly patches?: Readonly<Record<string, Patch>>;
}

/** The keys of {@link OwnershipProps}. */
export const OWNERSHIP_KEYS: Record<keyof OwnershipProps, true> = {
  name: true, owner: true, partOf: true, description: true, links: true, labels: true, annotations: true, patches: true,
};

/** What an {@link Application} needs to know of the construct that it serves. */
export interface ApplicationOptions {
  /** Name of the construct's class. */
  readonly type: string;
  /** Value of `app.kubernetes.io/component`; part of the selector, so that a Service never selects a job's pods. */
  readonly component: string;
  /** Every prop that the construct reads. */
  readonly keys: Readonly<Record<string, true>>;
  /** Most characters in the name. @default 63 */
  readonly nameLimit?: number;
  /** Check of the name. @default a DNS label */
  readonly nameCheck?: Check;
}

const OWNER_LABEL = 'fairlead.dev/owner';

/**
 * The common ground of one workload while it is put together: its name, labels, defaults, mistakes and objects.
 * Every workload construct has one and hands it to the functions that make its parts.
 */
export class Application {
  public readonly problems: Problems;
  public readonly registry: Registry;
  public readonly name: string;
  public readonly namespace: string | undefined;
  public readonly labels: Readonly<Record<string, string>>;
  public readonly selector: Readonly<Record<string, string>>;
  public readonly owner: string | undefined;
  private readonly annotations: Readonly<Record<string, string>> | undefined;
  private readonly made = new Map<string, Manifest>();

  public constructor(
    public readonly scope: Construct,
    private readonly props: OwnershipProps,
    private readonly options: ApplicationOptions,
  ) {
    this.problems = new Problems(scope);
    this.registry = Registry.of(scope);
    this.name = props.name ?? scope.node.id;
    this.namespace = Chart.of(scope).namespace;
    this.problems.unknownKeys('', props, Object.keys(options.keys), didYouMean);
    this.checkName();
    this.selector = { 'app.kubernetes.io/component': options.component, 'app.kubernetes.io/name': this.name };
    this.owner = this.setting('owner', props.owner);
    this.labels = this.readLabels();
    this.annotations = this.readAnnotations();
    scope.node.addValidation({ validate: () => this.unusedPatches() });
  }

  /** The prop's own value, or else the nearest default, or else what is built in. */
  public setting<K extends keyof Defaults>(key: K, own: Defaults[K] | undefined): NonNullable<Defaults[K]> | undefined;
  public setting<K extends keyof Defaults>(key: K, own: Defaults[K] | undefined, builtIn: NonNullable<Defaults[K]>, why: string): NonNullable<Defaults[K]>;
  public setting<K extends keyof Defaults>(key: K, own: Defaults[K] | undefined, builtIn?: NonNullable<Defaults[K]>, why?: string) {
    if (own !== undefined) return own;
    const found = findDefault(this.scope, key);
    if (found) return this.decide(key, found.value, `default set on ${found.from}`);
    return builtIn === undefined ? undefined : this.decide(key, builtIn, why!);
  }

  /** Records a derived value for {@link explain}. */
  public decide<T>(what: string, value: T, why: string): T {
    return decide(this.scope, what, value, why);
  }

  /** Makes an object of the workload; `property` is the name of the construct's property that will hold it. */
  public manifest(property: string, body: { apiVersion: string; kind: string; metadata?: JsonObject; [key: string]: unknown }, options: { hashedName?: boolean; name?: string } = {}): Manifest {
    const { apiVersion, kind, metadata = {}, ...fields } = body;
    const manifest = new Manifest(
      this.scope,
      property,
      {
        apiVersion,
        kind,
        metadata: {
          ...metadata,
          name: options.name ?? this.name,
          labels: { ...this.labels, ...(metadata.labels as object | undefined) },
          annotations: compact({ ...this.annotations, ...(metadata.annotations as object | undefined) }),
        },
        ...fields,
      },
      { patch: this.props.patches?.[property], hashedName: options.hashedName ?? false },
    );
    this.made.set(property, manifest);
    return manifest;
  }

  /** Announces the finished workload to the others of the app. */
  public register(details: { ports: readonly Port[]; metrics: MetricsEndpoint | undefined; hosts: readonly string[] }): ApplicationInfo {
    const info: ApplicationInfo = { scope: this.scope, type: this.options.type, name: this.name, namespace: this.namespace, selector: this.selector, owner: this.owner, ...details };
    const other = this.registry.add(info);
    if (other) this.problems.add('name', this.name, `'${other.scope.node.path}' has that name already in ${this.namespace ? `namespace '${this.namespace}'` : 'its namespace'}; give one of them a 'name' of its own`);
    return info;
  }

  private checkName(): void {
    const limit = this.options.nameLimit ?? 63;
    const wrong = this.name.length > limit ? `at most ${limit} characters are allowed in the name of a ${this.options.type}, this has ${this.name.length}; shorten it, or set a shorter 'name'` : (this.options.nameCheck ?? checkDnsLabel)(this.name);
    if (wrong) this.problems.add('name', this.name, wrong);
  }

  private readLabels(): Readonly<Record<string, string>> {
    const { props } = this;
    const labels: Record<string, string> = { ...findDefault(this.scope, 'labels')?.value, ...props.labels };
    checkLabels(this.problems, 'labels', labels);
    for (const key of Object.keys(this.selector)) {
      if (labels[key] !== undefined && labels[key] !== this.selector[key]) this.problems.add(`labels.${key}`, labels[key], `the construct sets this label to '${this.selector[key]}' and selects pods by it; remove it${key.endsWith('/name') ? ", or set 'name'" : ''}`);
    }
    const partOf = this.setting('partOf', props.partOf);
    for (const [prop, value] of [['owner', this.owner], ['partOf', partOf]] as const) {
      const wrong = value === undefined ? undefined : checkLabelValue(value);
      if (wrong) this.problems.add(prop, value, wrong);
    }
    return { ...labels, ...this.selector, ...compact({ 'app.kubernetes.io/part-of': partOf, [OWNER_LABEL]: this.owner }), 'app.kubernetes.io/managed-by': 'fairlead' } as Record<string, string>;
  }

  private readAnnotations(): Readonly<Record<string, string>> | undefined {
    const { props } = this;
    const own = { ...findDefault(this.scope, 'annotations')?.value, ...props.annotations };
    checkAnnotations(this.problems, 'annotations', own);
    const links = Object.fromEntries(Object.entries(props.links ?? {}).map(([name, url]) => [`fairlead.dev/link.${name}`, url]));
    checkAnnotations(this.problems, 'links', links);
    for (const [name, url] of Object.entries(props.links ?? {})) {
      if (!URL.canParse(url)) this.problems.add(`links.${name}`, url, 'a URL is allowed, such as "https://example.com/runbook"');
    }
    return compact({ ...own, 'fairlead.dev/description': props.description, ...links }) as Record<string, string> | undefined;
  }

  private unusedPatches(): string[] {
    const { patches = {} } = this.props;
    if (!isPlainObject(patches)) return [`patches: got ${String(patches)}; an object of patches by property is allowed`];
    const made = [...this.made.keys()];
    return Object.keys(patches)
      .filter((key) => !this.made.has(key))
      .map((key) => `patches.${key}: got a patch for an object that is not made here; this ${this.options.type} makes ${sentenceList(made)}${didYouMean(key, made)}`);
  }
}

/** Reports labels that the API server would refuse. */
export function checkLabels(problems: Problems, prop: string, labels: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(labels)) {
    const wrongKey = checkLabelKey(key);
    if (wrongKey) problems.add(`${prop}.${key}`, key, wrongKey);
    const wrongValue = typeof value === 'string' ? checkLabelValue(value) : 'text is allowed; put it in quotes';
    if (wrongValue) problems.add(`${prop}.${key}`, value, wrongValue);
  }
}

/** Reports annotations that the API server would refuse. */
export function checkAnnotations(problems: Problems, prop: string, annotations: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(annotations)) {
    const wrong = checkLabelKey(key);
    if (wrong) problems.add(`${prop}.${key}`, key, wrong);
    if (typeof value !== 'string') problems.add(`${prop}.${key}`, value, 'text is allowed; put it in quotes');
  }
}
