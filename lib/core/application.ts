import { Chart } from 'cdk8s';
import { type Construct } from 'constructs';
import { findDefault, type Defaults } from './defaults';
import { decide } from './explain';
import { keysOf, readTexts, shaped, type Shapes } from './forms';
import { compact, type JsonObject } from './json';
import { Manifest } from './manifest';
import { checkDnsLabel, checkLabelKey, checkLabelValue, type Check } from './names';
import { readPatch, type Patch } from './patch';
import { Problems } from './problems';
import { Registry, type ApplicationInfo, type CloudIdentity, type MetricsEndpoint } from './registry';
import { didYouMean, sentenceList } from './suggest';
import type { Port } from '../network/ports';
import type { Slo } from '../workloads/slo';

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

const SHAPES: Shapes<OwnershipProps> = {
  name: 'text', owner: 'text', partOf: 'text', description: 'text', links: 'map', labels: 'map', annotations: 'map', patches: 'map',
};

/** The keys of {@link OwnershipProps}. */
export const OWNERSHIP_KEYS = keysOf(SHAPES);

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
const PART_OF_LABEL = 'app.kubernetes.io/part-of';
const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
const DESCRIPTION = 'fairlead.dev/description';
const LINK = 'fairlead.dev/link.';

/** The prop that sets a label. */
const LABEL_PROPS: Readonly<Record<string, string>> = { 'app.kubernetes.io/name': 'name', [OWNER_LABEL]: 'owner', [PART_OF_LABEL]: 'partOf' };
const insteadOf = (label: string) => (LABEL_PROPS[label] === undefined ? '' : `, or set '${LABEL_PROPS[label]}'`);

const checkFilledLabelValue: Check = (value) => (value === '' ? 'a name is required; leave it out for none' : checkLabelValue(value));
const prefixed = (message: string | undefined, prefix: string) => message && `${prefix}${message}`;

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
  private readonly annotations: Readonly<Record<string, string>>;
  private readonly props: OwnershipProps;
  private readonly made = new Map<string, Manifest>();

  public constructor(
    public readonly scope: Construct,
    props: OwnershipProps,
    private readonly options: ApplicationOptions,
  ) {
    this.problems = new Problems(scope);
    this.registry = Registry.of(scope);
    this.problems.unknownKeys('', props, Object.keys(options.keys));
    this.props = shaped(this.problems, '', props, SHAPES);
    this.name = this.props.name ?? scope.node.id;
    this.namespace = Chart.of(scope).namespace;
    this.checkName();
    this.selector = { 'app.kubernetes.io/component': options.component, 'app.kubernetes.io/name': this.name };
    this.owner = this.setting('owner', this.props.owner);
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
    const { patches = {} } = this.props;
    const twin = this.made.has(property);
    if (twin) this.problems.refuse(property, 'two parts of the workload would make an object of this name; rename one of them');
    const manifest = new Manifest(
      this.scope,
      twin ? `${property}-${this.scope.node.children.length}` : property,
      {
        apiVersion,
        kind,
        metadata: {
          ...metadata,
          name: options.name ?? this.name,
          labels: { ...(metadata.labels as object | undefined), ...this.labels },
          annotations: compact({ ...this.annotations, ...(metadata.annotations as object | undefined) }),
        },
        ...fields,
      },
      { ...readPatch(this.problems, Object.hasOwn(patches, property) ? patches[property] : undefined, `patches.${property}`), hashedName: options.hashedName ?? false },
    );
    this.made.set(property, manifest);
    return manifest;
  }

  /** Announces the finished workload to the others of the app. */
  public register(details: { ports: readonly Port[]; metrics: MetricsEndpoint | undefined; hosts: readonly string[]; identity?: CloudIdentity | undefined; slo?: Slo | undefined }): ApplicationInfo {
    const { description, links } = this.props;
    const info: ApplicationInfo = { scope: this.scope, type: this.options.type, name: this.name, namespace: this.namespace, selector: this.selector, owner: this.owner, description, links, ...details };
    const other = this.registry.add(info);
    if (other) this.problems.add('name', this.name, `'${other.scope.node.path}' has that name already in ${this.namespace ? `namespace '${this.namespace}'` : 'its namespace'}; give one of them a 'name' of its own`);
    return info;
  }

  private checkName(): void {
    if (this.namespace !== undefined) this.problems.check('namespace', this.namespace, (name) => prefixed(checkDnsLabel(name), 'in the namespace of the chart: '));
    const limit = this.options.nameLimit ?? 63;
    const wrong = this.name.length > limit ? `at most ${limit} characters are allowed in the name of a ${this.options.type}, this has ${this.name.length}; shorten it, or set a shorter 'name'` : (this.options.nameCheck ?? checkDnsLabel)(this.name);
    if (wrong) this.problems.add('name', this.name, wrong);
  }

  private readLabels(): Readonly<Record<string, string>> {
    const { props } = this;
    const labels = Object.fromEntries(readTexts(this.problems, 'labels', { ...findDefault(this.scope, 'labels')?.value, ...props.labels }));
    checkLabels(this.problems, 'labels', labels);
    const partOf = this.setting('partOf', props.partOf);
    for (const [prop, value] of Object.entries({ owner: this.owner, partOf })) if (value !== undefined) this.problems.check(prop, value, checkFilledLabelValue);
    const own: Record<string, string> = { ...this.selector, ...compact({ [PART_OF_LABEL]: partOf, [OWNER_LABEL]: this.owner }), [MANAGED_BY_LABEL]: 'fairlead' };
    for (const [key, value] of Object.entries(own)) {
      if (labels[key] !== undefined && labels[key] !== value) this.problems.add(`labels.${key}`, labels[key], `the construct sets this label to '${value}'${key in this.selector ? ' and selects pods by it' : ''}; remove it${insteadOf(key)}`);
    }
    return { ...labels, ...own };
  }

  private readAnnotations(): Readonly<Record<string, string>> {
    const { problems, props } = this;
    const given = Object.fromEntries(readTexts(problems, 'annotations', { ...findDefault(this.scope, 'annotations')?.value, ...props.annotations }));
    checkAnnotations(problems, 'annotations', given);
    const links = readTexts(problems, 'links', props.links ?? {});
    for (const [name, url] of links) {
      problems.check(`links.${name}`, `${LINK}${name}`, checkLabelKey);
      if (!URL.canParse(url)) problems.add(`links.${name}`, url, 'a URL is allowed, such as "https://example.com/runbook"');
    }
    const own = compact({ [DESCRIPTION]: props.description, ...Object.fromEntries(links.map(([name, url]) => [`${LINK}${name}`, url])) }) ?? {};
    for (const key of Object.keys(own)) {
      if (Object.hasOwn(given, key)) problems.add(`annotations.${key}`, given[key], `${key === DESCRIPTION ? "'description'" : "'links'"} sets this annotation; remove one of the two`);
    }
    return { ...given, ...own } as Record<string, string>;
  }

  private unusedPatches(): string[] {
    const { patches = {} } = this.props;
    const made = [...this.made.keys()];
    return Object.keys(patches)
      .filter((key) => !this.made.has(key))
      .map((key) => `patches.${key}: got a patch for an object that is not made here; this ${this.options.type} makes ${sentenceList(made)}${didYouMean(key, made)}`);
  }
}

/** Reports labels that the API server would refuse. */
export function checkLabels(problems: Problems, prop: string, labels: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(labels)) {
    problems.check(`${prop}.${key}`, key, checkLabelKey);
    problems.check(`${prop}.${key}`, value, checkLabelValue);
  }
}

/** Reports annotations that the API server would refuse. */
export function checkAnnotations(problems: Problems, prop: string, annotations: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(annotations)) {
    problems.check(`${prop}.${key}`, key, checkLabelKey);
    problems.check(`${prop}.${key}`, value, () => undefined);
  }
}
