import { Chart, JsonPatch } from 'cdk8s';
import { App, PlatformNamespace, type PlatformNamespaceProps } from '../../lib';
import { only, problemsOf, render } from '../support';

const namespace = (props?: object) => (chart: Chart) => void new PlatformNamespace(chart, 'namespace', props as PlatformNamespaceProps);
const modes = (level: string) => Object.fromEntries(['audit', 'enforce', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));

describe('a PlatformNamespace', () => {
  it("makes the chart's namespace, restricted and closed, with a quota and limits", () => {
    expect(render(namespace())).toEqual({
      'Namespace/shop': { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { ...modes('restricted'), 'app.kubernetes.io/managed-by': 'fairlead' } } },
      'ResourceQuota/quota': expect.objectContaining({ spec: { hard: { 'services.loadbalancers': '0' } } }),
      'LimitRange/limits': expect.objectContaining({ spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' }, default: { memory: '256Mi', 'ephemeral-storage': '1Gi' } }] } }),
      'NetworkPolicy/default-deny': expect.objectContaining({ spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } }),
      'NetworkPolicy/acme-solver': expect.objectContaining({ spec: { podSelector: { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } }, policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'TCP', port: 8089 }] }] } }),
    });
  });

  it('may have a name of its own, and its objects stand in it', () => {
    const manifests = render(namespace({ name: 'other' }));
    expect(Object.keys(manifests)).toContain('Namespace/other');
    expect(only(manifests, 'ResourceQuota').metadata).toMatchObject({ namespace: 'other' });
    expect(only(manifests, 'Namespace').metadata).not.toHaveProperty('namespace');
  });

  it.each(['baseline', 'privileged'])('may be %s', (podSecurity) => expect(only(render(namespace({ podSecurity })), 'Namespace').metadata).toMatchObject({ labels: modes(podSecurity) }));
  it('may be open, and then has no policy at all', () => expect(Object.keys(render(namespace({ defaultDeny: false }))).filter((name) => name.startsWith('NetworkPolicy'))).toEqual([]));
  it('may leave the certificate solvers out', () => expect(Object.keys(render(namespace({ acmeSolver: false })))).not.toContain('NetworkPolicy/acme-solver'));

  it('takes labels, annotations and patches', () => {
    const manifests = render(namespace({ labels: { team: 'shop' }, annotations: { 'example.com/a': 'b' }, patches: { namespace: { metadata: { labels: { patched: 'yes' } } }, networkPolicy: [JsonPatch.remove('/spec/policyTypes/1')] } }));
    expect(only(manifests, 'Namespace').metadata).toMatchObject({ labels: { team: 'shop', patched: 'yes' }, annotations: { 'example.com/a': 'b' } });
    expect(manifests['NetworkPolicy/default-deny']!.spec).toMatchObject({ policyTypes: ['Ingress'] });
  });

  it('gives its objects as properties, and the name', () => {
    const made = new PlatformNamespace(new Chart(new App(), 'chart', { namespace: 'shop' }), 'namespace', { quota: false });
    expect([made.namespaceName, made.namespace.kind, made.resourceQuota, made.limitRange?.kind, made.networkPolicy?.kind]).toEqual(['shop', 'Namespace', undefined, 'LimitRange', 'NetworkPolicy']);
  });

  it('needs a name', () => {
    const app = new App();
    new PlatformNamespace(new Chart(app, 'chart'), 'namespace');
    expect(() => app.render()).toThrow("[chart/namespace] name: got nothing; a name is required: set the chart's namespace, or 'name'");
  });

  it('may be made once for a namespace', () => {
    expect(problemsOf((chart) => [1, 2].forEach((id) => new PlatformNamespace(chart, `namespace-${id}`)))[0]).toContain('metadata.name: got "shop"');
  });

  it.each<[object, string]>([
    [{ name: 'My Shop' }, 'name: got "My Shop"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [{ name: 5 }, 'name: got 5; text is allowed; put it in quotes'],
    [{ podSecurity: 'strict' }, 'podSecurity: got "strict"; restricted, baseline and privileged are allowed'],
    [{ defaultDeny: 'no' }, 'defaultDeny: got "no"; true and false are allowed'],
    [{ acmeSolver: 'no' }, 'acmeSolver: got "no"; true and false are allowed'],
    [{ acmeSolver: true, defaultDeny: false }, "acmeSolver: got true; nothing is denied with 'defaultDeny: false'; remove it"],
    [{ labels: { 'a b': 'c' } }, 'labels.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [{ labels: ['a'] }, 'labels: got ["a"]; an object is allowed'],
    [{ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }, "labels.pod-security.kubernetes.io/enforce: got \"privileged\"; it is set by 'podSecurity'; use that, or 'patches' to set the modes apart"],
    [{ annotations: { a: 5 } }, 'annotations.a: got 5; text is allowed; put it in quotes'],
    [{ patches: { nampespace: {} } }, 'patches.nampespace: got a patch for an object that is not made here; this PlatformNamespace makes namespace, resourceQuota, limitRange, networkPolicy and acmeSolverPolicy; did you mean "namespace"?'],
    [{ patches: { namespace: 'x' } }, 'patches.namespace: got "x"; an object to merge in, or a list of JsonPatch operations, is allowed'],
    [{ quotas: {} }, 'quotas: got {}; no such prop here; did you mean "quota"?'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(namespace(props))).toContain(`[chart/namespace] ${message}`);
  });

  it('never throws on a value of the wrong type', () => {
    for (const key of ['name', 'podSecurity', 'defaultDeny', 'acmeSolver', 'quota', 'containerLimits', 'labels', 'annotations', 'patches']) {
      for (const wrong of [null, 5, 'x', true, [], [null], { x: null }, { x: {} }, () => 1, new Date(0)]) expect(() => problemsOf(namespace({ [key]: wrong }))).not.toThrow();
    }
  });
});
