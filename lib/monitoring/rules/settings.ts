import { DURATION_FORM, parseSeconds } from '../../core/duration';
import { readObject, type Shapes } from '../../core/forms';
import { isPlainObject } from '../../core/json';
import { show, type Mistakes } from '../../core/problems';
import { closest, didYouMean, sentenceList } from '../../core/suggest';
import { ALERTS, type AlertName } from './catalog';
import type { Alert } from './definition';
import { SEVERITIES, type Severity } from './rule';

/** A change to an alert. */
export interface AlertSetting {
  /** The number that it compares with; what it is stands in the alert's runbook. @default the alert's own */
  readonly threshold?: number;
  /** How long it must hold before it fires: `'10m'`. @default the alert's own */
  readonly for?: string;
  /** How much it matters. @default the alert's own */
  readonly severity?: Severity;
}

/** Changes to alerts by name; `false` switches one off. */
export type AlertSettings = Readonly<Partial<Record<AlertName, AlertSetting | false>>>;

/** Changes that hold for all, and further ones for single applications. */
export interface AlertChanges {
  /** Changes for all. @default none */
  readonly alerts?: AlertSettings;
  /** Changes for one application, by `namespace/name`; they win. @default none */
  readonly applicationAlerts?: Readonly<Record<string, AlertSettings>>;
}

const SHAPES: Shapes<AlertSetting> = { threshold: 'number', for: 'text', severity: 'text' };

/** Reads the changes to alerts, and reports names of alerts and applications that there are not. */
export function checkChanges(problems: Mistakes, prop: string, { alerts = {}, applicationAlerts = {} }: AlertChanges, applications: readonly string[]): void {
  const at = (key: string) => (prop === '' ? key : `${prop}.${key}`);
  checkSettings(problems, at('alerts'), alerts);
  if (!isPlainObject(applicationAlerts)) return problems.add(at('applicationAlerts'), applicationAlerts, 'an object is allowed: changes to alerts by application');
  for (const [application, settings] of Object.entries(applicationAlerts)) {
    const path = at(`applicationAlerts.${application}`);
    if (!applications.includes(application)) problems.refuse(path, `there is no such application; the applications are ${sentenceList(applications)}${didYouMean(application, applications)}`);
    checkSettings(problems, path, settings);
  }
}

function checkSettings(problems: Mistakes, prop: string, settings: AlertSettings): void {
  if (!isPlainObject(settings)) return problems.add(prop, settings, 'an object is allowed: changes by name of the alert, or false to switch it off');
  for (const [name, setting] of Object.entries(settings)) {
    const path = `${prop}.${name}`;
    if (!Object.hasOwn(ALERTS, name)) problems.add(path, setting, `there is no alert of this name${suggestion(name)}`);
    else if (setting !== false && setting !== undefined) checkSetting(problems, path, ALERTS[name as AlertName], setting);
  }
}

/** The likely name, or else all. */
function suggestion(name: string): string {
  const names = Object.keys(ALERTS);
  return closest(name, names) === undefined ? `; the alerts are ${sentenceList(names)}` : didYouMean(name, names);
}

function checkSetting(problems: Mistakes, prop: string, alert: Alert<never>, given: AlertSetting): void {
  const setting = readObject<AlertSetting>(problems, prop, given, SHAPES);
  if (setting.severity !== undefined && !SEVERITIES.includes(setting.severity)) problems.add(`${prop}.severity`, setting.severity, `${sentenceList(SEVERITIES)} are allowed`);
  if (setting.for !== undefined && parseSeconds(setting.for) === undefined) problems.add(`${prop}.for`, setting.for, DURATION_FORM);
  if (setting.threshold === undefined) return;
  if (!alert.threshold) problems.add(`${prop}.threshold`, setting.threshold, 'this alert has no threshold; change how long it must hold, or switch it off with false');
  else if (!(setting.threshold >= alert.threshold.min && setting.threshold <= alert.threshold.max)) {
    problems.add(`${prop}.threshold`, setting.threshold, `a number from ${alert.threshold.min} to ${alert.threshold.max} is allowed: ${alert.threshold.meaning} (${show(alert.threshold.value)} unless changed)`);
  }
}
