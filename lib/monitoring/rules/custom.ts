import { DURATION_FORM, parseSeconds } from '../../core/duration';
import { readObject, readTexts, type Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { asList } from '../../core/shape';
import { sentenceList } from '../../core/suggest';
import { promqlProblem } from '../promql';
import { ALERTS } from './catalog';
import { SEVERITIES, type Rule, type RuleGroup, type Severity } from './rule';

/** A rule of one's own: an alert, or a metric that is recorded. */
export interface CustomRule {
  /** Name of the alert. @default none: exactly one of `alert` and `record` is required */
  readonly alert?: string;
  /** Name of the recorded metric. @default none */
  readonly record?: string;
  /** The expression, in PromQL: an alert fires for each series that it gives. */
  readonly expr: string;
  /** How long it must hold before the alert fires. @default at once */
  readonly for?: string;
  /** How long the alert goes on after it held for the last time. @default not longer */
  readonly keepFiringFor?: string;
  /** How much the alert matters. @default 'warning' */
  readonly severity?: Severity;
  /** The team that it goes to. @default that of the label `owner` of what the expression gives, or nobody's */
  readonly owner?: string;
  /** What is wrong, in a line; required for an alert. @default none */
  readonly summary?: string;
  /** What it means. @default none */
  readonly description?: string;
  /** Address of the page that says what to do. @default none */
  readonly runbook?: string;
  /** Further labels. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

const SHAPES: Shapes<CustomRule> = {
  alert: 'text', record: 'text', expr: 'any', for: 'text', keepFiringFor: 'text', severity: 'text', owner: 'text', summary: 'text', description: 'text', runbook: 'text', labels: 'map',
};
const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Reads rules of the user's own, by name of their group. */
export function readCustomRules(problems: Mistakes, prop: string, groups: Readonly<Record<string, readonly CustomRule[]>>): readonly RuleGroup[] {
  return Object.entries(groups).map(([name, rules]) => ({
    name,
    rules: asList(problems, `${prop}.${name}`, rules).map((rule, index) => readRule(problems, `${prop}.${name}[${index}]`, rule)),
  }));
}

function readRule(problems: Mistakes, prop: string, given: CustomRule): Rule {
  const rule = readObject<CustomRule>(problems, prop, given, SHAPES);
  const { alert, record, expr = '', severity = 'warning' } = rule;
  problems.check(`${prop}.expr`, rule.expr, promqlProblem);
  if ((alert === undefined) === (record === undefined)) problems.add(prop, alert ?? 'neither', "exactly one of 'alert' and 'record' is required");
  if (alert !== undefined && Object.hasOwn(ALERTS, alert)) problems.add(`${prop}.alert`, alert, "there is an alert of this name already; take another, or change that one in 'alerts'");
  if (alert !== undefined && rule.summary === undefined) problems.add(`${prop}.summary`, undefined, 'a line that says what is wrong is required');
  if (record !== undefined) problems.check(`${prop}.record`, record, (name) => (METRIC.test(name) ? undefined : 'the name of a metric is allowed, such as "job:requests:rate5m"'));
  if (!SEVERITIES.includes(severity)) problems.add(`${prop}.severity`, severity, `${sentenceList(SEVERITIES)} are allowed`);
  for (const key of ['for', 'keepFiringFor'] as const) if (rule[key] !== undefined && parseSeconds(rule[key]) === undefined) problems.add(`${prop}.${key}`, rule[key], DURATION_FORM);
  const own = Object.fromEntries(readTexts(problems, `${prop}.labels`, rule.labels ?? {}));
  if (record !== undefined) return { record, expr, labels: own, annotations: {} };
  const annotations = { summary: rule.summary, description: rule.description, runbook_url: rule.runbook };
  return {
    alert: alert ?? '',
    expr,
    ...(rule.for === undefined ? {} : { for: rule.for }),
    ...(rule.keepFiringFor === undefined ? {} : { keepFiringFor: rule.keepFiringFor }),
    labels: { severity, ...(rule.owner === undefined ? {} : { owner: rule.owner }), ...own },
    annotations: Object.fromEntries(Object.entries(annotations).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  };
}
