import { load } from 'js-yaml';
import type { JsonObject } from '../../../lib';
import { plainExpression, promqlOf, type Dashboard } from '../../../lib/monitoring/grafana';
import { promqlProblem, selectorsOf, usageOf } from '../../../lib/monitoring/promql';
import { panelsOf } from '../grafana/resolve';
import { labelsFrom, sourcesOf, type Source } from './series';
import { MODE_NAMES, MODES, ofKind, stackOf, type KubeObject } from './stacks';

interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}
type Groups = { readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[] };

/** The rules that are rendered, in whatever form. */
function rulesIn(manifests: readonly JsonObject[]): readonly Rule[] {
  const files = ofKind(manifests, 'ConfigMap').filter(({ metadata }) => /^prometheus-rules-/.test(metadata.name)).flatMap(({ data }) => Object.values(data as Record<string, string>).map((text) => load(text) as Groups));
  const resources = ['PrometheusRule', 'Rules', 'ClusterRules'].flatMap((kind) => ofKind(manifests, kind)).map(({ spec }) => spec as unknown as Groups);
  return [...files, ...resources].flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

/** The expressions of the dashboards that are rendered. */
function panelExpressions(manifests: readonly JsonObject[]): readonly string[] {
  const texts = ofKind(manifests, 'ConfigMap').filter(({ metadata }) => metadata.name.startsWith('grafana-dashboards-')).flatMap(({ data }) => Object.values(data as Record<string, string>));
  return texts.map((text) => JSON.parse(text) as Dashboard).flatMap((dashboard) => panelsOf(dashboard).flatMap((panel) => promqlOf(panel).map(({ expr }) => expr)));
}

describe.each(MODE_NAMES)('%s', (name) => {
  const { stack, manifests } = stackOf(MODES[name]);
  const sources = sourcesOf(manifests);
  const labelsOf = labelsFrom(sources, stack.applications);
  const problemsOf = (expr: string) => {
    const plain = plainExpression(expr);
    return promqlProblem(plain) ?? usageOf(plain, labelsOf).problems.map((problem) => `${problem} in ${expr}`).join();
  };

  it('finds the applications that serve metrics, and no others, each once', () => {
    const found = sources.filter(({ what }) => what.includes('/')).map(({ what, target }) => `${what}: ${target.pod}`);
    expect(found.sort()).toEqual(['shop/db: db-0', 'shop/otel: otel-0', 'shop/queue: mailer-0', 'shop/web: web-0']);
  });

  it('yields every metric and label that a rule uses', () => {
    const rules = rulesIn(manifests);
    expect(rules.length).toBeGreaterThan(60);
    expect(rules.map(({ expr }) => problemsOf(expr)).filter((problem) => problem !== '')).toEqual([]);
  });

  it('yields every metric and label that a panel uses', () => {
    const expressions = panelExpressions(manifests);
    expect(expressions.length).toBeGreaterThan(100);
    expect(expressions.map(problemsOf).filter((problem) => problem !== '')).toEqual([]);
  });

  it('would tell of a job that is not called so', () => {
    expect(problemsOf('up{job="nobody/here"}')).not.toBe('');
    expect(problemsOf('http_requests_total{job="shop/mailer",namespace="shop"}')).not.toBe('');
  });

  it('says of every alert in which environment it is, or Prometheus does', () => {
    const byRule = rulesIn(manifests).filter(({ alert }) => alert !== undefined).every(({ labels }) => labels?.environment === 'production');
    expect(byRule).toBe(name === 'operator that stands already' || name === 'google');
  });
});

it("prometheus-operator's targets have the very labels of plain ones", () => {
  const plain = sourcesOf(stackOf({}).manifests);
  const operated = sourcesOf(stackOf(MODES.operator).manifests);
  const labels = (sources: readonly Source[]) => Object.fromEntries(sources.map(({ what, target }) => [what, Object.keys(target).sort()]));
  expect(labels(operated)).toEqual(labels(plain));
  expect(operated.map(({ job }) => job).sort()).toEqual(plain.map(({ job }) => job).sort());
});

it("Google's Rules ask for series of their own namespace alone, and leave the label to Google", () => {
  for (const { metadata: { namespace }, spec } of ofKind(stackOf(MODES.google).manifests, 'Rules') as readonly KubeObject[]) {
    for (const { expr, labels = {} } of (spec as unknown as Groups).groups.flatMap(({ rules }) => rules)) {
      const asked = selectorsOf(expr).flatMap(({ matchers }) => matchers.filter(({ label }) => label === 'namespace'));
      expect(asked.filter(({ operator, value }) => operator !== '=' || value !== namespace)).toEqual([]);
      expect(Object.keys(labels).filter((label) => ['namespace', 'project_id', 'location', 'cluster'].includes(label))).toEqual([]);
    }
  }
});
