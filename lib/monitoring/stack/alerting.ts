import { decide } from '../../core/explain';
import { findDefault } from '../../core/defaults';
import { Alertmanager, readAlerting, type Alerting, type AlertingProps } from '../alertmanager';
import { imageOf } from '../images';
import type { RenderedGroup } from '../prometheus/rule-files';
import { applicationRules, platformRules, renderGroup, sloRules, type AlertLinks, type Platform, type RuleGroup } from '../rules';
import type { StackContext, StackPart } from './part';

/** What the alerts depend on beside the applications. */
export interface AlertingOptions extends Pick<Platform, 'remoteWrite'> {
  /** The jobs that Prometheus scrapes. */
  readonly jobs: readonly string[];
  /** The dashboards and logs that alerts link to. */
  readonly links: Omit<AlertLinks, 'runbook'>;
}

/** What a stack of each size takes, unless told otherwise. */
const SIZES = { small: { replicas: 1, storage: false }, standard: { replicas: 2, storage: { size: '1Gi' } } } as const;

/** Makes Alertmanager and the rules. Without the prop nobody is told of anything, and promises alone are recorded, for the dashboards. */
export function makeAlerting(context: StackContext, given: AlertingProps | undefined, options: AlertingOptions): StackPart {
  const { chart, applications, problems, images, size } = context;
  if (given === undefined) return { groups: rendered(applications.map((app) => ({ name: `${app.namespace}/${app.name}`, rules: sloRules(app) }))) };
  const owner = findDefault(chart, 'owner')?.value;
  const alerting = readAlerting(problems, 'alerting', given, applications, owner);
  if (alerting.watchdog.reason !== undefined) decide(chart, 'alerting.deadManSwitch', 'none', alerting.watchdog.reason);
  const settings = { ...SIZES[size], ...alerting.settings };
  const alertmanager = new Alertmanager(chart, 'alertmanager', { ...settings, alerting, image: imageOf('alertmanager', images) });
  return {
    programs: [{ job: 'alertmanager', application: alertmanager }],
    alertmanager,
    groups: rendered(groupsOf(context, alerting, { ...options, owner, alertmanagers: settings.replicas })),
  };
}

function groupsOf({ applications, namespaces, chart }: StackContext, alerting: Alerting, { links, jobs, owner, ...options }: AlertingOptions & { readonly owner: string | undefined; readonly alertmanagers: number }): RuleGroup[] {
  const ruleOptions = { ...alerting.changes, jobs: new Set(jobs), links: { ...links, runbook: alerting.runbook } };
  const platform: Platform = { ...options, ...(owner === undefined ? {} : { owner }), namespaces, namespace: chart.namespace!, watchdog: alerting.watchdog.on };
  return [...applications.map((app) => applicationRules(app, ruleOptions)), platformRules(platform, ruleOptions), ...alerting.rules];
}

const rendered = (groups: readonly RuleGroup[]): RenderedGroup[] => groups.filter(({ rules }) => rules.length > 0).map((group) => renderGroup(group) as RenderedGroup);
