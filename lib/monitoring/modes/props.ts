import { readObject, readTexts, type Shapes } from '../../core/forms';
import { checkDnsLabel, checkLabelKey, checkLabelValue } from '../../core/names';
import type { Mistakes } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';
import type { IdentityProps } from '../../pod/service-account';
import { addressProblem } from '../alertmanager/kind';

/** Who scrapes and evaluates: workloads of the stack's own, prometheus-operator, or Google Cloud's managed Prometheus. */
export type MonitoringMode = 'plain' | 'operator' | 'google';

/** A Prometheus that stands already, with the operator that runs it. */
export interface ExistingPrometheusProps {
  /** Address at which Grafana asks it: `'http://kube-prometheus-stack-prometheus.observability:9090'`. */
  readonly url: string;
  /** Namespace of its pods. */
  readonly namespace: string;
  /** Labels that select its pods. @default those that the operator gives: `{ 'app.kubernetes.io/name': 'prometheus' }` */
  readonly selector?: Readonly<Record<string, string>>;
  /** Address at which Grafana asks its Alertmanager. @default none: no panels of it */
  readonly alertmanagerUrl?: string;
}

/** How the stack works with prometheus-operator. */
export interface OperatorProps {
  /** A Prometheus and an Alertmanager that stand already and take the stack's monitors, rules and routes. @default none: the stack declares its own */
  readonly existing?: ExistingPrometheusProps;
  /** Labels on monitors and rules, by which Prometheus selects them; required with `existing`, such as `{ release: 'kube-prometheus-stack' }`. @default `fairlead.dev/monitoring` with the namespace of the stack */
  readonly labels?: Readonly<Record<string, string>>;
  /** How Alertmanager gets its configuration: whole, as a Secret that names files with credentials, or as an AlertmanagerConfig, which knows fewer receivers. @default 'secret'; 'resource' with `existing` */
  readonly configuration?: 'secret' | 'resource';
}

/** How the stack works with Google Cloud's managed Prometheus. */
export interface GoogleProps {
  /** The project whose metrics Grafana reads; required with `grafana`. @default none */
  readonly project?: string;
  /** The cloud identity that reads the metrics for Grafana, with the role Monitoring Viewer. @default that of the node */
  readonly identity?: IdentityProps;
  /** Whose Alertmanager tells the receivers; the managed one can hold no credentials. @default 'own' */
  readonly alertmanager?: 'own' | 'managed';
  /** Whether the cluster's one OperatorConfig is written, which says that kubelets are scraped and where alerts go. @default true */
  readonly operatorConfig?: boolean;
}

/** Workloads of the stack's own. */
export interface PlainMode {
  readonly kind: 'plain';
}

/** prometheus-operator, as read. */
export interface OperatorMode {
  readonly kind: 'operator';
  readonly labels: Readonly<Record<string, string>>;
  readonly configuration: 'secret' | 'resource';
  readonly existing: (ExistingPrometheusProps & { readonly selector: Readonly<Record<string, string>> }) | undefined;
}

/** Google's managed Prometheus, as read. */
export interface GoogleMode {
  readonly kind: 'google';
  readonly project: string | undefined;
  readonly identity: IdentityProps | undefined;
  readonly managed: boolean;
  readonly operatorConfig: boolean;
}

/** The mode as read. */
export type Mode = PlainMode | OperatorMode | GoogleMode;

/** What the mode is read from. */
export interface ModeProps {
  readonly mode?: MonitoringMode;
  readonly operator?: OperatorProps;
  readonly google?: GoogleProps;
}

const MODES: readonly MonitoringMode[] = ['plain', 'operator', 'google'];
const OPERATOR_SHAPES: Shapes<OperatorProps> = { existing: 'any', labels: 'map', configuration: 'text' };
const EXISTING_SHAPES: Shapes<ExistingPrometheusProps> = { url: 'text', namespace: 'text', selector: 'map', alertmanagerUrl: 'text' };
const GOOGLE_SHAPES: Shapes<GoogleProps> = { project: 'text', identity: 'any', alertmanager: 'text', operatorConfig: 'truth' };
/** Letters, digits and hyphens, 6 to 30; older ones have a domain before. */
const PROJECT = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
/** The label that tells the objects of several stacks in a cluster apart. */
export const STACK_LABEL = 'fairlead.dev/monitoring';

/** Reads `mode` and the props of each. */
export function readMode(problems: Mistakes, { mode = 'plain', operator, google }: ModeProps, namespace: string): Mode {
  if (!MODES.includes(mode)) problems.add('mode', mode, `${sentenceList(MODES)} are allowed${didYouMean(String(mode), MODES)}`);
  for (const [prop, value] of Object.entries({ operator, google })) {
    if (value !== undefined && mode !== prop) problems.refuse(prop, `it is for mode '${prop}', and this is '${mode}'; set mode: '${prop}', or remove it`);
  }
  if (mode === 'operator') return readOperator(problems, operator, namespace);
  return mode === 'google' ? readGoogle(problems, google) : { kind: 'plain' };
}

function readOperator(problems: Mistakes, given: OperatorProps | undefined, namespace: string): OperatorMode {
  const { existing, labels, configuration = existing === undefined ? 'secret' : 'resource' } = readObject<OperatorProps>(problems, 'operator', given, OPERATOR_SHAPES);
  if (configuration !== 'secret' && configuration !== 'resource') problems.add('operator.configuration', configuration, "'secret' and 'resource' are allowed");
  if (existing !== undefined && Object.keys(labels ?? {}).length === 0) {
    problems.add('operator.labels', labels, "a Prometheus selects monitors and rules by their labels, and passes over all others in silence: the labels of its selectors are required, such as { release: 'kube-prometheus-stack' }");
  }
  return {
    kind: 'operator', configuration,
    labels: { ...readLabels(problems, 'operator.labels', labels), [STACK_LABEL]: namespace },
    existing: existing && readExisting(problems, existing),
  };
}

function readLabels(problems: Mistakes, prop: string, labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(readTexts(problems, prop, labels).map(([key, value]) => {
    problems.check(`${prop}.${key}`, key, checkLabelKey);
    problems.check(`${prop}.${key}`, value, checkLabelValue);
    return [key, value];
  }));
}

function readExisting(problems: Mistakes, given: ExistingPrometheusProps): NonNullable<OperatorMode['existing']> {
  const prop = 'operator.existing';
  const { url = '', namespace = '', selector = { 'app.kubernetes.io/name': 'prometheus' }, alertmanagerUrl } = readObject<ExistingPrometheusProps>(problems, prop, given, EXISTING_SHAPES);
  problems.check(`${prop}.url`, url, addressProblem);
  problems.check(`${prop}.namespace`, namespace, checkDnsLabel);
  if (alertmanagerUrl !== undefined) problems.check(`${prop}.alertmanagerUrl`, alertmanagerUrl, addressProblem);
  if (Object.keys(selector).length === 0) problems.add(`${prop}.selector`, selector, 'at least one label is required: without one every pod of the namespace would be let in');
  return { url, namespace, selector: readLabels(problems, `${prop}.selector`, selector), ...(alertmanagerUrl === undefined ? {} : { alertmanagerUrl }) };
}

function readGoogle(problems: Mistakes, given: GoogleProps | undefined): GoogleMode {
  const { project, identity, alertmanager = 'own', operatorConfig = true } = readObject<GoogleProps>(problems, 'google', given, GOOGLE_SHAPES);
  if (project !== undefined && !PROJECT.test(project)) problems.add('google.project', project, 'the id of a Google Cloud project is allowed, such as "acme-production"');
  if (alertmanager !== 'own' && alertmanager !== 'managed') problems.add('google.alertmanager', alertmanager, "'own' and 'managed' are allowed");
  return { kind: 'google', project, identity, managed: alertmanager === 'managed', operatorConfig };
}

/** Whether the stack has a Prometheus of its own, whose settings are its own and whose metrics are watched. */
export const ownsPrometheus = (mode: Mode): boolean => mode.kind === 'plain' || (mode.kind === 'operator' && mode.existing === undefined);

/** Whether the stack has an Alertmanager of its own, once there is alerting. */
export const ownsAlertmanager = (mode: Mode): boolean => (mode.kind === 'google' ? !mode.managed : ownsPrometheus(mode));
