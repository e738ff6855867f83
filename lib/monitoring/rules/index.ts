export { ALERTS, APPLICATION_ALERTS, PLATFORM_ALERTS, type AlertName } from './catalog';
export { readCustomRules, type CustomRule } from './custom';
export type { Alert } from './definition';
export { applicationRules, platformRules, type AlertLinks, type RuleOptions } from './groups';
export type { Platform } from './platform';
export { renderGroup, SEVERITIES, type Rule, type RuleGroup, type Severity } from './rule';
export { checkChanges, type AlertChanges, type AlertSetting, type AlertSettings } from './settings';
export { RECORDED, RECORDED_LABELS, RECORDED_METRICS, sloRules } from './slo';
