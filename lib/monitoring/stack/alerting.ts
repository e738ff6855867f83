import { Construct } from 'constructs';
import { decide } from '../../core/explain';
import { findDefault } from '../../core/defaults';
import type { IApplication } from '../../core/registry';
import { Alertmanager, readAlerting, type Alerting, type AlertingProps, type AlertmanagerProps } from '../alertmanager';
import { makeManagedConfiguration } from '../google/alertmanager';
import { checkGoogleRules } from '../google/rules';
import { imageOf } from '../images';
import { ownsAlertmanager } from '../modes/props';
import { groupsOfMode } from '../modes/rules';
import { configurationResource, configurationSecret, OperatedAlertmanager, type OperatedAlertmanagerProps } from '../operator/alertmanager';
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
  const { chart, applications, problems, images, size, mode } = context;
  const rendered = (groups: readonly RuleGroup[]) => groupsOfMode(context, groups.filter(({ rules }) => rules.length > 0).map((group) => renderGroup(group) as RenderedGroup));
  if (given === undefined) return { groups: rendered(applications.map((app) => ({ name: `${app.namespace}/${app.name}`, rules: sloRules(app) }))) };
  const owner = findDefault(chart, 'owner')?.value;
  const alerting = readAlerting(problems, 'alerting', given, applications, owner);
  if (alerting.watchdog.reason !== undefined) decide(chart, 'alerting.deadManSwitch', 'none', alerting.watchdog.reason);
  const settings = { ...SIZES[size], ...alerting.settings };
  const alertmanager = makeAlertmanager(context, { ...settings, alerting, image: imageOf('alertmanager', images) });
  if (mode.kind === 'google') checkGoogleRules(problems, 'alerting.rules', given.rules);
  return {
    ...(alertmanager ? { programs: [{ job: 'alertmanager', application: alertmanager }] } : {}),
    alertmanager,
    groups: rendered(groupsOf(context, alerting, { ...options, owner, alertmanagers: alertmanager ? settings.replicas : 0 })),
  };
}

/** The Alertmanager of the mode; where it is none of the stack's own, only its configuration. */
function makeAlertmanager({ chart, mode, problems }: StackContext, props: AlertmanagerProps & Pick<OperatedAlertmanagerProps, 'image'>): IApplication | undefined {
  const { alerting } = props;
  if (!ownsAlertmanager(mode)) {
    for (const [key, value] of Object.entries(alerting.settings)) problems.add(`alerting.alertmanager.${key}`, value, 'the Alertmanager is not one of this stack; say so where that is set up, and remove it here');
  }
  if (mode.kind === 'operator') {
    const configuration = { alerting, labels: mode.labels, problems };
    if (!mode.existing) return new OperatedAlertmanager(chart, 'alertmanager', { ...props, ...configuration, configuration: mode.configuration });
    const scope = new Construct(chart, 'alertmanager');
    if (mode.configuration === 'secret') configurationSecret(scope, configuration);
    else configurationResource(scope, configuration);
    return undefined;
  }
  if (mode.kind === 'google' && mode.managed) {
    makeManagedConfiguration(chart, problems, alerting);
    return undefined;
  }
  return new Alertmanager(chart, 'alertmanager', props);
}

function groupsOf({ applications, namespaces, chart }: StackContext, alerting: Alerting, { links, jobs, owner, ...options }: AlertingOptions & { readonly owner: string | undefined; readonly alertmanagers: number }): RuleGroup[] {
  const ruleOptions = { ...alerting.changes, jobs: new Set(jobs), links: { ...links, runbook: alerting.runbook } };
  const platform: Platform = { ...options, ...(owner === undefined ? {} : { owner }), namespaces, namespace: chart.namespace!, watchdog: alerting.watchdog.on };
  return [...applications.map((app) => applicationRules(app, ruleOptions)), platformRules(platform, ruleOptions), ...alerting.rules];
  return [...applications.map((app) => applicationRules(app, ruleOptions)), platformRules(platform, ruleOptions), ...alerting.rules];
}
