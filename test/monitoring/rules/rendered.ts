import { load } from 'js-yaml';
import { ruleFilesOf, type MonitoredEnvironment } from '../environments';
import { FAILURES, healthy, HEALTHY_PLATFORM, Names, PLATFORM_FAILURES, type Series } from './series';
import { testedFile, type TestedRules } from './unit-tests';

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert?: string }[] }[];
}

const alertsOf = (text: string) => (load(text) as RuleFile).groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? []));

/** The tests of every rule file that an environment renders; failures that have no series in common happen at once. */
export function testedEnvironment(environment: MonitoredEnvironment): TestedRules[] {
  const { stack, namespace } = environment;
  const applications = new Map(stack.applications.map((app) => [`${app.namespace}-${app.name}.yml`, app]));
  return [...ruleFilesOf(environment)].map(([file, rules]) => {
    const [name, alerts, app] = [file.replace(/\.yml$/, ''), alertsOf(rules), applications.get(file)];
    if (app) {
      const names = new Names(app);
      return testedFile(name, { rules, alerts }, healthy(app), (alert) => FAILURES[alert]?.(names), [], true);
    }
    const here = (series: Series) => inNamespaces(series, { shop: namespace, monitoring: stack.namespaces[0]! });
    return testedFile(name, { rules, alerts }, here(HEALTHY_PLATFORM), (alert) => PLATFORM_FAILURES[alert] && here(PLATFORM_FAILURES[alert]), alerts.filter((alert) => alert === 'Watchdog'), true);
  });
}

/** The series of the fixture's platform in the namespaces of another. */
function inNamespaces(series: Series, names: Readonly<Record<'shop' | 'monitoring', string>>): Series {
  const renamed = (key: string) => key.replace(/namespace="(shop|monitoring)(-nodes)?"/, (_, which: 'shop' | 'monitoring', end = '') => `namespace="${names[which]}${end}"`);
  return Object.fromEntries(Object.entries(series).map(([key, values]) => [renamed(key), values]));
}
