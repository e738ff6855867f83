import type { MonitoredApplication } from '../application';
import { APPLICATION_ALERTS, PLATFORM_ALERTS, type AlertName } from './catalog';
import { asksFor, missingJobs, type PlatformJob } from '../catalogue';
import type { Alert } from './definition';
import type { Platform } from './platform';
import type { Rule, RuleGroup } from './rule';
import type { AlertChanges, AlertSettings } from './settings';
import { sloRules } from './slo';

/** Where an alert's reader is sent; a link that can't be made is left out. */
export interface AlertLinks {
  /** The page that says what to do. */
  readonly runbook: (alert: string) => string;
  /** The dashboard of the application, or of the platform. @default none */
  readonly dashboard?: (application: MonitoredApplication | undefined) => string | undefined;
  /** The logs of the application, or of the monitoring. @default none */
  readonly logs?: (application: MonitoredApplication | undefined) => string | undefined;
}

/** What rules are made with. */
export interface RuleOptions extends AlertChanges {
  /** Links of the alerts. */
  readonly links: AlertLinks;
  /** The jobs that Prometheus scrapes: alerts that need another are left out. @default all that there are */
  readonly jobs?: ReadonlySet<string>;
}

const QUALIFIED = ({ namespace, name }: MonitoredApplication) => `${namespace}/${name}`;

/** The rules of an application: what its promises need recorded, and every alert that fits it and is not switched off. */
export function applicationRules(app: MonitoredApplication, options: RuleOptions): RuleGroup {
  const settings = [options.alerts ?? {}, options.applicationAlerts?.[QUALIFIED(app)] ?? {}];
  const labels = { namespace: app.namespace, application: app.name, ...(app.owner === undefined ? {} : { owner: app.owner }) };
  const fitting = entries(APPLICATION_ALERTS).filter(([, alert]) => alert.fits(app));
  const alerts = fitting.flatMap(([name, alert]) => alertRule(name, alert, app, { settings, labels, links: linksOf(name, options.links, app), missing: missingJobs(options.jobs) }));
  return { name: QUALIFIED(app), rules: [...sloRules(app), ...alerts] };
}

/** The rules of the cluster and of the monitoring itself. */
export function platformRules(platform: Platform, options: RuleOptions): RuleGroup {
  const labels: Record<string, string> = platform.owner === undefined ? {} : { owner: platform.owner };
  const fitting = entries(PLATFORM_ALERTS).filter(([, alert]) => alert.fits(platform));
  const rules = fitting.flatMap(([name, alert]) => alertRule(name, alert, platform, { settings: [options.alerts ?? {}], labels, links: linksOf(name, options.links, undefined), missing: missingJobs(options.jobs) }));
  return { name: 'platform', rules };
}

/** Alerts of one kind, each seen as what they have in common. */
const entries = <T, N extends string>(alerts: Readonly<Record<N, Alert<T>>>) => Object.entries(alerts) as [N, Alert<T>][];

interface RuleContext {
  readonly settings: readonly AlertSettings[];
  readonly labels: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  /** The platform's jobs that nobody collects. */
  readonly missing: readonly PlatformJob[];
}

/** The rule of an alert; none where it is switched off, or nobody collects what it looks at. */
function alertRule<T>(name: AlertName, alert: Alert<T>, target: T, { settings, labels, links, missing }: RuleContext): Rule[] {
  const changes = settings.map((setting) => setting[name]).filter((change) => change !== undefined);
  if (changes.at(-1) === false) return [];
  const { threshold = alert.threshold?.value ?? 0, severity = alert.severity, for: hold = alert.for } = Object.assign({}, ...changes.filter((change) => change !== false)) as Exclude<AlertSettings[AlertName], false | undefined>;
  const expr = alert.expr(target, threshold, (job) => !missing.includes(job));
  if (asksFor(expr, missing)) return [];
  return [{
    alert: name,
    expr,
    for: hold,
    ...(alert.keepFiringFor === undefined ? {} : { keepFiringFor: alert.keepFiringFor }),
    labels: { severity, ...labels },
    annotations: { summary: alert.summary(target), description: alert.description(target, threshold), ...links },
  }];
}

function linksOf(alert: AlertName, links: AlertLinks, application: MonitoredApplication | undefined): Readonly<Record<string, string>> {
  const [dashboard, logs] = [links.dashboard?.(application), links.logs?.(application)];
  return { runbook_url: links.runbook(alert), ...(dashboard === undefined ? {} : { dashboard_url: dashboard }), ...(logs === undefined ? {} : { logs_url: logs }) };
}
