import type { PolicyOptions } from '../../../lib/pulumi/policy';
import { policies, POLICY_NAMES } from '../../../lib/pulumi/policy';
import { runProgram } from '../../../lib/pulumi/testing';
import { judge, resource, UNKNOWN } from './judge';
import * as the from './objects';

const levels = (options?: PolicyOptions) => Object.fromEntries(policies(options).map(({ name, enforcementLevel }) => [name, enforcementLevel]));
const refused = (options: unknown) => () => policies(options as PolicyOptions);
const latest = the.deployment(the.pod({}, { image: 'acme/web:latest' }));
const images = async (options: PolicyOptions, object = latest, config = {}) => (await judge([resource(object)], options, config)).filter((line) => line.startsWith('image-reference'));

it('is mandatory by default only where no stack could want otherwise', () => {
  const mandatory = ['host-access', 'rbac-wildcards', 'rbac-secrets', 'plain-secrets', 'image-reference', 'drainable'];
  expect(levels()).toEqual(Object.fromEntries(POLICY_NAMES.map((name) => [name, mandatory.includes(name) ? 'mandatory' : 'advisory'])));
});

it('takes a level for all, and one for each by its name', () => {
  expect(levels({ level: 'mandatory', spread: 'disabled', replicas: { level: 'advisory' } })).toEqual({ ...Object.fromEntries(POLICY_NAMES.map((name) => [name, 'mandatory'])), spread: 'disabled', replicas: 'advisory' });
});

it('gives each policy a description with its reason, and a schema for a --policy-pack-config', () => {
  for (const { description, configSchema } of policies()) {
    expect(description).toMatch(/^[A-Z][^]*\. [A-Z][^]*\.$/);
    expect(configSchema?.properties).toHaveProperty('except');
  }
});

it.each<[string, unknown, string]>([
  ['an unknown policy', { 'image-references': 'advisory' }, 'policies: image-references: got "advisory"; no such prop here; did you mean "image-reference"?'],
  ['an unknown level', { spread: 'strict' }, "policies: spread: got \"strict\"; 'mandatory', 'advisory', 'disabled' and an object are allowed"],
  ['an unknown level in settings', { spread: { level: 'strict' } }, "policies: spread.level: got \"strict\"; 'mandatory', 'advisory' and 'disabled' are allowed"],
  ['to disable everything at once', { level: 'disabled' }, "policies: level: got \"disabled\"; 'mandatory' and 'advisory' are allowed; policies are disabled by name"],
  ['an unknown setting', { replicas: { minReplica: 3 } }, 'policies: replicas.minReplica: got 3; no such prop here; did you mean "minReplicas"?'],
  ['a setting of another policy', { spread: { minReplicas: 3 } }, 'policies: spread.minReplicas: got 3; no such prop here'],
  ['a value that is none of those allowed', { 'image-reference': { images: 'pinned' } }, "policies: image-reference.images: got \"pinned\"; 'any', 'tag', 'fixed' and 'digest' are allowed"],
  ['a number that is too small', { replicas: { minReplicas: 0 } }, 'policies: replicas.minReplicas: got 0; a whole number from 1 on is allowed'],
  ['what is neither true nor false', { 'host-access': { exceptions: 'no' } }, 'policies: host-access.exceptions: got "no"; true and false are allowed'],
  ['an exemption without a reason', { spread: { except: { 'Deployment/shop/web': ' ' } } }, 'policies: spread.except["Deployment/shop/web"]: got " "; a reason is needed, for whoever reads it next'],
  ['exemptions in a list, which has no reasons', { spread: { except: ['Deployment/shop/web'] } }, "policies: spread.except: got [\"Deployment/shop/web\"]; names with reasons are allowed, such as { 'Deployment/shop/legacy': 'the vendor mends it in May' }"],
  ['an exemption for a name alone', { spread: { except: { web: 'why not' } } }, "policies: spread.except: got \"web\"; name the object as previews do: 'Deployment/shop/legacy'"],
])('refuses %s', (_, options, message) => {
  expect(refused(options)).toThrow(new Error(message));
});

it('reports several mistakes at once', () => {
  expect(refused({ sprea: 'advisory', replicas: { minReplicas: 1.5 } })).toThrow(/sprea: [^\n]*did you mean "spread"\?\npolicies: replicas\.minReplicas: got 1\.5/);
});

it('excepts objects by name, by pattern, and by their name in the program', async () => {
  const except = (pattern: string) => images({ 'image-reference': { except: { [pattern]: 'the vendor mends it in May' } } });
  expect(await except('Deployment/shop/web')).toEqual([]);
  expect(await except('Deployment/*/w*')).toEqual([]);
  expect(await except('Deployment/shop/we')).toHaveLength(1);
  expect(await except('Deployment/*')).toHaveLength(1);
  const named = await judge([resource(latest, { name: 'shop/legacy' })], { 'image-reference': { except: { 'shop/legacy': 'the vendor mends it in May' } } });
  expect(named.filter((line) => line.startsWith('image-reference'))).toEqual([]);
});

it('excepts objects of the policies for relations too', async () => {
  expect(await judge(the.conforming().filter(({ kind }) => kind !== 'PodDisruptionBudget').map((object) => resource(object)), { 'disruption-budget': { except: { 'Deployment/shop/web': 'may be away' } } })).toEqual([]);
});

it('takes the settings of each policy', async () => {
  const tagged = the.deployment(the.pod({}, { image: 'acme/web:stable' }));
  expect(await images({}, tagged)).toEqual([]);
  expect(await images({ 'image-reference': { images: 'fixed' } }, tagged)).toHaveLength(1);
  expect(await images({ 'image-reference': { images: 'any' } })).toEqual([]);
  const of = async (options: PolicyOptions, ...objects: Parameters<typeof resource>[0][]) => (await judge(objects.map((object) => resource(object)), options)).map((line) => line.split(':')[0]);
  expect(await of({ replicas: { minReplicas: 3 } }, ...the.conforming())).toEqual(['replicas']);
  expect(await of({ 'namespace-security': { atLeast: 'restricted' } }, the.namespace('baseline'), the.networkPolicy())).toEqual(['namespace-security']);
  const annotated = the.deployment(the.pod({ hostNetwork: true }), {}, { annotations: { 'fairlead.dev/security-exception': 'reads the node' } });
  expect(await of({ 'host-access': { exceptions: false } }, annotated)).toContain('host-access');
});

it('a --policy-pack-config goes over the options', async () => {
  expect(await images({}, latest, { 'image-reference': { except: { 'Deployment/shop/web': 'for the test' } } })).toEqual([]);
  expect(await images({}, latest, { 'image-reference': { images: 'any' } })).toEqual([]);
  expect(await images({ 'image-reference': { images: 'any' } }, latest, { 'image-reference': {} })).toEqual([]);
});

describe('resources of any origin', () => {
  const broken = the.deployment(the.pod({}, { image: 'acme/web' }));

  it('are read whatever their API version and name in the program', async () => {
    for (const origin of [{ apiVersion: 'extensions/v1beta1' }, { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' }]) {
      expect((await judge([resource({ ...broken, ...origin })]))[0]).toContain('spec.template.spec.containers[0].image: got "acme/web"');
    }
    const [first] = await judge([{ type: 'kubernetes:apps/v1:Deployment', name: 'web-1a2b', props: broken }]);
    expect(first).toContain('image-reference: Deployment/shop/web: ');
    const { apiVersion: _, kind: __, ...props } = broken;
    expect((await judge([{ type: 'kubernetes:apps/v1:Deployment', name: 'web', props }]))[0]).toContain('image-reference: Deployment/shop/web: ');
  });

  it('are judged when the typed classes of @pulumi/kubernetes register them', async () => {
    const { apps } = await import('@pulumi/kubernetes');
    const { resources } = await runProgram(() => void new apps.v1.Deployment('web', { metadata: { name: 'web', namespace: 'shop' }, spec: broken.spec as never }));
    const found = await judge(resources.filter(({ type }) => type.startsWith('kubernetes:')).map(({ type, name, inputs }) => ({ type, name, props: inputs })));
    expect(found[0]).toContain('image-reference: Deployment/shop/web: spec.template.spec.containers[0].image: got "acme/web"');
  });

  it('are named by the program where their own name is not known, and stand in the namespace of their provider', async () => {
    const nameless = { ...broken, metadata: { name: UNKNOWN } };
    const [first] = await judge([resource(nameless, { name: 'web', provider: { namespace: 'team' } })]);
    expect(first).toContain('image-reference: Deployment/team/web: ');
  });

  it('are no matter of ours where they are no Kubernetes objects, or patches of some', async () => {
    expect(await judge([{ type: 'kubernetes:apps/v1:DeploymentPatch', name: 'web', props: broken }, { type: 'aws:s3/bucket:Bucket', name: 'b', props: broken }, { type: 'kubernetes:yaml:ConfigFile', name: 'f', props: {} }])).toEqual([]);
  });

  const budgets = async (resources: Parameters<typeof judge>[0]) => (await judge(resources)).filter((line) => line.startsWith('disruption-budget'));

  it('have nothing to do with those of another cluster', async () => {
    const [one, other] = [{ context: 'one' }, { context: 'other' }];
    expect(await budgets([resource(the.deployment(), { provider: one }), resource(the.budget(), { provider: one })])).toEqual([]);
    expect(await budgets([resource(the.deployment(), { provider: one }), resource(the.budget(), { provider: other })])).toHaveLength(1);
  });

  it('are judged by what is registered, for the provider may answer nothing in a preview', async () => {
    expect(await budgets([resource(the.deployment(), { outputs: {} }), resource(the.budget(), { outputs: {} })])).toEqual([]);
    expect(await budgets([resource(the.deployment(), { outputs: {} })])).toHaveLength(1);
  });

  it('count, but are not judged, where they are only read', async () => {
    expect(await budgets([resource(the.deployment()), resource(the.budget(), { read: true })])).toEqual([]);
    expect(await budgets([resource(the.deployment(), { read: true })])).toEqual([]);
    expect(await budgets([resource(the.deployment()), resource(the.budget(), { read: true, outputs: {} })])).toEqual([]);
  });
});
