import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkAnnotations, checkLabels } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import { Manifest } from '../core/manifest';
import { checkDnsLabel } from '../core/names';
import type { Patch } from '../core/patch';
import { Problems } from '../core/problems';
import { parseQuantity, QUANTITY_FORM } from '../core/quantity';
import { didYouMean, sentenceList } from '../core/suggest';
import { decide } from '../core/explain';

/** A level of the Pod Security standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Requests and limits of a container that says nothing, and the most that any may ask for. */
export interface ContainerLimitsProps {
  /** Requests of a container that says nothing. @default cpu 50m, memory 128Mi, ephemeral-storage 64Mi */
  readonly defaultRequest?: Readonly<Record<string, string>>;
  /** Limits of a container that says nothing. @default memory 256Mi, ephemeral-storage 1Gi */
  readonly default?: Readonly<Record<string, string>>;
  /** Most that a container may be limited to. @default none */
  readonly max?: Readonly<Record<string, string>>;
}

/** Props of a {@link PlatformNamespace}. */
export interface PlatformNamespaceProps {
  /** Name of the namespace. @default the chart's namespace */
  readonly name?: string;
  /** Pod Security level that is enforced, and warned and audited about. @default 'restricted' */
  readonly podSecurity?: PodSecurityLevel;
  /** Whether everything is denied that no other policy allows. @default true */
  readonly defaultDeny?: boolean;
  /** Most that the namespace may hold in all, by resource: `{ 'requests.cpu': '8', pods: '60' }`; `false` for no quota. @default no NodePorts and no load balancers: routes are the way in */
  readonly quota?: Readonly<Record<string, string>> | false;
  /** Requests and limits of containers that say nothing; `false` for none. @default small ones */
  readonly containerLimits?: ContainerLimitsProps | false;
  /** Further labels of the namespace. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the namespace. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Changes to the objects made here, by property. @default none */
  readonly patches?: Readonly<Record<string, Patch>>;
}

const KEYS: Record<keyof PlatformNamespaceProps, true> = { name: true, podSecurity: true, defaultDeny: true, quota: true, containerLimits: true, labels: true, annotations: true, patches: true };
const LIMIT_KEYS: Record<keyof ContainerLimitsProps, true> = { defaultRequest: true, default: true, max: true };
const LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline', 'privileged'];
const QUOTA = { 'services.loadbalancers': '0', 'services.nodeports': '0' };
const DEFAULT_REQUEST = { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' };
const DEFAULT_LIMIT = { memory: '256Mi', 'ephemeral-storage': '1Gi' };

/**
 * A namespace as a platform hands it to a team: Pod Security labels, a policy that denies what nobody declared, a quota
 * and limits. Make one for a namespace, in the first chart.
 */
export class PlatformNamespace extends Construct {
  /** Name of the namespace. */
  public readonly namespaceName: string;
  public readonly namespace: Manifest;
  public readonly networkPolicy: Manifest | undefined;
  public readonly resourceQuota: Manifest | undefined;
  public readonly limitRange: Manifest | undefined;
  private readonly problems: Problems;
  private readonly made: string[] = [];

  public constructor(scope: Construct, id: string, private readonly props: PlatformNamespaceProps = {}) {
    super(scope, id);
    this.problems = new Problems(this);
    this.namespaceName = props.name ?? Chart.of(this).namespace ?? '';
    this.check();
    this.namespace = this.makeNamespace();
    this.resourceQuota = this.makeQuota();
    this.limitRange = this.makeLimitRange();
    this.networkPolicy = this.makeDefaultDeny();
    this.node.addValidation({ validate: () => this.unusedPatches() });
  }

  private manifest(property: string, name: string, body: JsonObject & { apiVersion: string; kind: string; metadata?: JsonObject }): Manifest {
    const { apiVersion, kind, metadata, ...fields } = body;
    const namespace = kind === 'Namespace' ? undefined : this.namespaceName;
    const labels = { 'app.kubernetes.io/managed-by': 'fairlead', ...(metadata?.labels as object | undefined) };
    this.made.push(property);
    return new Manifest(this, property, { apiVersion, kind, metadata: compact({ ...metadata, name, namespace, labels }) as { name: string }, ...fields }, { patch: this.props.patches?.[property] });
  }

  private makeNamespace(): Manifest {
    const level = this.props.podSecurity ?? decide(this, 'podSecurity', 'restricted', 'what our workloads pass, and nothing weaker');
    const labels = Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
    const metadata = compact({ labels: { ...labels, ...this.props.labels }, annotations: this.props.annotations });
    return this.manifest('namespace', this.namespaceName, { apiVersion: 'v1', kind: 'Namespace', ...(metadata ? { metadata } : {}) });
  }

  private makeQuota(): Manifest | undefined {
    const { quota } = this.props;
    if (quota === false) return undefined;
    this.checkAmounts('quota', quota);
    return this.manifest('resourceQuota', 'quota', { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { ...QUOTA, ...quota } } });
  }

  private makeLimitRange(): Manifest | undefined {
    const { containerLimits = {} } = this.props;
    if (containerLimits === false) return undefined;
    this.problems.unknownKeys('containerLimits', containerLimits, Object.keys(LIMIT_KEYS), didYouMean);
    for (const key of ['defaultRequest', 'default', 'max'] as const) this.checkAmounts(`containerLimits.${key}`, containerLimits[key]);
    const limit = compact({ type: 'Container', defaultRequest: { ...DEFAULT_REQUEST, ...containerLimits.defaultRequest }, default: { ...DEFAULT_LIMIT, ...containerLimits.default }, max: containerLimits.max });
    return this.manifest('limitRange', 'limits', { apiVersion: 'v1', kind: 'LimitRange', spec: { limits: [limit] } });
  }

  private makeDefaultDeny(): Manifest | undefined {
    if (this.props.defaultDeny === false) return undefined;
    return this.manifest('networkPolicy', 'default-deny', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } });
  }

  private check(): void {
    const { props, problems } = this;
    problems.unknownKeys('', props, Object.keys(KEYS), didYouMean);
    const wrong = this.namespaceName === '' ? "a name is required: set the chart's namespace, or 'name'" : checkDnsLabel(this.namespaceName);
    if (wrong) problems.add('name', this.namespaceName, wrong);
    if (props.podSecurity !== undefined && !LEVELS.includes(props.podSecurity)) problems.add('podSecurity', props.podSecurity, `${LEVELS.join(', ')} are allowed`);
    checkLabels(problems, 'labels', props.labels ?? {});
    checkAnnotations(problems, 'annotations', props.annotations ?? {});
  }

  private checkAmounts(prop: string, amounts: Readonly<Record<string, string>> | undefined): void {
    for (const [name, amount] of Object.entries(amounts ?? {})) {
      const parsed = typeof amount === 'string' ? parseQuantity(amount) : undefined;
      if (parsed === undefined || parsed < 0n) this.problems.add(`${prop}.${name}`, amount, QUANTITY_FORM);
    }
  }

  private unusedPatches(): string[] {
    return Object.keys(this.props.patches ?? {})
      .filter((key) => !this.made.includes(key))
      .map((key) => `patches.${key}: got a patch for an object that is not made here; this PlatformNamespace makes ${sentenceList(this.made)}${didYouMean(key, this.made)}`);
  }
}
