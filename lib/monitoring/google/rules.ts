import type { Construct } from 'constructs';
import { isPlainObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import type { MonitoredApplication } from '../application';
import { applicationOf, rulesOf } from '../modes/rules';
import { qualified } from '../operator/resource';
import type { RenderedGroup } from '../prometheus/rule-files';
import type { CustomRule } from '../rules';
import { googleResource } from './resource';

/** Labels that say where a series comes from, which Google sets on all that a rule gives. */
const PLACES = ['project_id', 'location', 'cluster'];

/** Reports what Google's rules can't say. */
export function checkGoogleRules(problems: Mistakes, prop: string, groups: Readonly<Record<string, readonly CustomRule[]>> | undefined): void {
  for (const [name, rules] of isPlainObject(groups) ? Object.entries(groups as Readonly<Record<string, readonly CustomRule[]>>) : []) {
    (Array.isArray(rules) ? (rules as readonly CustomRule[]) : []).forEach((rule, index) => {
      const path = `${prop}.${name}[${index}]`;
      if (rule?.keepFiringFor !== undefined) problems.add(`${path}.keepFiringFor`, rule.keepFiringFor, "Google's rules end an alert as soon as it no longer holds; remove it, and let the expression look back, as with max_over_time(…[10m])");
      for (const label of PLACES) if (rule?.labels?.[label] !== undefined) problems.add(`${path}.labels.${label}`, rule.labels[label], 'Google sets this label on all that the rule gives; remove it');
    });
  }
}

/**
 * The rules of an application as Rules in its namespace, which see and give series of that namespace alone and set the label
 * themselves; all others as ClusterRules, which see the whole cluster.
 */
export function makeGoogleRules(scope: Construct, groups: readonly RenderedGroup[], applications: readonly MonitoredApplication[], namespace: string): void {
  for (const group of groups) {
    const application = applicationOf(group, applications);
    if (application) googleResource(scope, 'Rules', { name: application.name, namespace: application.namespace }, { spec: { groups: [withoutNamespace(group)] } });
    else googleResource(scope, 'ClusterRules', { name: qualified(namespace, group.name) }, { spec: { groups: [group] } });
  }
}

const withoutNamespace = (group: RenderedGroup): RenderedGroup => ({
  ...group,
  rules: rulesOf(group).map(({ labels, ...rule }) => {
    const { namespace: _, ...rest } = labels ?? {};
    return { ...rule, ...(Object.keys(rest).length === 0 ? {} : { labels: rest }) };
  }),
});
