import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkLabels } from '../core/application';
import { decide } from '../core/explain';
import type { JsonObject } from '../core/json';
import { Manifest } from '../core/manifest';
import { checkDnsLabel } from '../core/names';
import { isPatch, PATCH_FORM, type Patch } from '../core/patch';
import { Problems } from '../core/problems';
import { asFlag, asObject } from '../core/shape';
import { didYouMean, sentenceList } from '../core/suggest';
import { readAnnotations, textsOf } from '../network/annotations';
import { readContainerLimits, readQuota, type Amounts, type ContainerLimitsProps } from './limits';

/** A level of the Pod Security standards. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** Props of a {@link PlatformNamespace}. */
export interface PlatformNamespaceProps {
  /** Name of the namespace. @default the chart's namespace */
  readonly name?: string;
  /** Pod Security level that is enforced, and warned and audited about. @default 'restricted' */
  readonly podSecurity?: PodSecurityLevel;
  /** Whether everything is denied that no other policy allows. @default true */
  readonly defaultDeny?: boolean;
  /** Whether cert-manager's HTTP-01 solvers may be reached all the same; without, such certificates never arrive. @default true, where everything else is denied */
  readonly acmeSolver?: boolean;
  /** Most that the namespace may hold in all, by resource: `{ 'requests.cpu': '8', pods: '60' }`; `false` for no quota. @default no load balancers: routes are the way in */
  readonly quota?: Amounts | false;
  /** Requests and limits of containers that say nothing; `false` for none. @default small ones */
  readonly containerLimits?: ContainerLimitsProps | false;
  /** Further labels of the namespace. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the namespace. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Changes to the objects made here, by property. @default none */
  readonly patches?: Readonly<Record<string, Patch>>;
}

const KEYS: Record<keyof PlatformNamespaceProps, true> = { name: true, podSecurity: true, defaultDeny: true, acmeSolver: true, quota: true, containerLimits: true, labels: true, annotations: true, patches: true };
const LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline', 'privileged'];
const MODES = ['enforce', 'audit', 'warn'];
/** How cert-manager marks the pods that answer a certificate authority, and where they listen. */
const ACME_SOLVER = { podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } }, policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'TCP', port: 8089 }] }] };

const policy = (spec: JsonObject) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec });

/**
 * A namespace as a platform hands it to a team: Pod Security labels, a policy that denies what nobody declared, a quota
 * and limits. Make one for a namespace, in the first chart.
 */
export class PlatformNamespace extends Construct {
  /** Name of the namespace. */
  public readonly namespaceName: string;
  /** The Namespace. */
  public readonly namespace: Manifest;
  /** The ResourceQuota; undefined with `quota: false`. */
  public readonly resourceQuota: Manifest | undefined;
  /** The LimitRange; undefined with `containerLimits: false`. */
  public readonly limitRange: Manifest | undefined;
  /** The NetworkPolicy that denies everything; undefined with `defaultDeny: false`. */
  public readonly networkPolicy: Manifest | undefined;
  /** The NetworkPolicy that lets cert-manager's solvers be reached; undefined with `acmeSolver: false` or `defaultDeny: false`. */
  public readonly acmeSolverPolicy: Manifest | undefined;
  private readonly problems: Problems;

  public constructor(scope: Construct, id: string, props: PlatformNamespaceProps = {}) {
    super(scope, id);
    this.problems = new Problems(this);
    const { problems } = this;
    problems.unknownKeys('', props, Object.keys(KEYS));
    this.namespaceName = this.readName(props);
    const patches = this.readPatches(props.patches);
    const limits = props.containerLimits === false ? undefined : readContainerLimits(problems, props.containerLimits);
    const quota = props.quota === false ? undefined : readQuota(problems, props.quota, limits);
    this.namespace = this.makeNamespace(props, patches);
    this.resourceQuota = quota && this.make(patches, 'resourceQuota', 'quota', { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: quota } });
    this.limitRange = limits && this.make(patches, 'limitRange', 'limits', { apiVersion: 'v1', kind: 'LimitRange', spec: { limits: [limits] } });
    const deny = asFlag(problems, 'defaultDeny', props.defaultDeny) ?? true;
    this.networkPolicy = deny ? this.make(patches, 'networkPolicy', 'default-deny', policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })) : undefined;
    const solver = asFlag(problems, 'acmeSolver', props.acmeSolver);
    if (solver && !deny) problems.add('acmeSolver', true, "nothing is denied with 'defaultDeny: false'; remove it");
    this.acmeSolverPolicy = deny && solver !== false ? this.make(patches, 'acmeSolverPolicy', 'acme-solver', policy(ACME_SOLVER)) : undefined;
    this.reportUnusedPatches(patches);
  }

  private readName({ name = Chart.of(this).namespace }: PlatformNamespaceProps): string {
    if (name === undefined) this.problems.add('name', name, "a name is required: set the chart's namespace, or 'name'");
    else this.problems.check('name', name, checkDnsLabel);
    return typeof name === 'string' ? name : this.node.id;
  }

  private readPatches(given: PlatformNamespaceProps['patches']): Readonly<Record<string, Patch>> {
    const entries = Object.entries(asObject(this.problems, 'patches', given) as Record<string, Patch>);
    for (const [key, patch] of entries) if (!isPatch(patch)) this.problems.add(`patches.${key}`, patch, PATCH_FORM);
    return Object.fromEntries(entries.filter(([, patch]) => isPatch(patch)));
  }

  private makeNamespace({ podSecurity, labels, annotations }: PlatformNamespaceProps, patches: Readonly<Record<string, Patch>>): Manifest {
    const { problems } = this;
    const level = podSecurity ?? decide(this, 'podSecurity', 'restricted', 'what our workloads pass, and nothing weaker');
    if (!LEVELS.includes(level)) problems.add('podSecurity', level, `${sentenceList(LEVELS)} are allowed`);
    const further = asObject(problems, 'labels', labels) as Record<string, string>;
    const notes = readAnnotations(problems, 'annotations', annotations);
    checkLabels(problems, 'labels', further);
    const levels = Object.fromEntries(MODES.map((mode) => [`pod-security.kubernetes.io/${mode}`, String(level)]));
    for (const key of Object.keys(levels)) if (further[key] !== undefined) problems.add(`labels.${key}`, further[key], "it is set by 'podSecurity'; use that, or 'patches' to set the modes apart");
    const metadata = { labels: { ...levels, ...textsOf(further) }, ...(Object.keys(notes).length > 0 ? { annotations: notes } : {}) };
    return this.make(patches, 'namespace', this.namespaceName, { apiVersion: 'v1', kind: 'Namespace', metadata });
  }

  private make(patches: Readonly<Record<string, Patch>>, property: string, name: string, body: JsonObject & { apiVersion: string; kind: string; metadata?: { labels: JsonObject } }): Manifest {
    const { apiVersion, kind, metadata, ...fields } = body;
    const labels = { ...metadata?.labels, 'app.kubernetes.io/managed-by': 'fairlead' };
    const namespace = kind === 'Namespace' ? undefined : this.namespaceName;
    return new Manifest(this, property, { apiVersion, kind, metadata: { ...metadata, name, namespace, labels }, ...fields }, { patch: patches[property] });
  }

  private reportUnusedPatches(patches: Readonly<Record<string, Patch>>): void {
    const made = this.node.children.map((child) => child.node.id);
    for (const key of Object.keys(patches).filter((key) => !made.includes(key))) {
      this.problems.refuse(`patches.${key}`, `got a patch for an object that is not made here; this PlatformNamespace makes ${sentenceList(made)}${didYouMean(key, made)}`);
    }
  }
}
