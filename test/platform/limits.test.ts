import type { Chart } from 'cdk8s';
import { PlatformNamespace, type PlatformNamespaceProps } from '../../lib';
import { only, problemsOf, render } from '../support';

const namespace = (props: object) => (chart: Chart) => void new PlatformNamespace(chart, 'namespace', props as PlatformNamespaceProps);
const form = 'a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed';

describe('the quota', () => {
  const hard = (quota: object) => (only(render(namespace({ quota })), 'ResourceQuota').spec as { hard: object }).hard;

  it('adds to the refusal of load balancers, or takes its place', () => {
    expect(hard({ pods: '60' })).toEqual({ 'services.loadbalancers': '0', pods: '60' });
    expect(hard({ 'services.loadbalancers': '1' })).toEqual({ 'services.loadbalancers': '1' });
  });

  it('may be left out', () => expect(Object.keys(render(namespace({ quota: false })))).not.toContain('ResourceQuota/quota'));

  it.each<[unknown, string]>([
    [{ pods: 60 }, `quota.pods: got 60; ${form}`],
    [{ pods: 'many' }, `quota.pods: got "many"; ${form}`],
    [{ pods: '-1' }, `quota.pods: got "-1"; ${form}`],
    ['60', 'quota: got "60"; an object is allowed'],
    [{ 'limits.cpu': '8' }, "quota.limits.cpu: got \"8\"; it refuses every container without a CPU limit, and workloads have none unless they say so; use 'requests.cpu', or set containerLimits.default.cpu"],
  ])('is refused as %j', (quota, message) => expect(problemsOf(namespace({ quota }))).toContain(`[chart/namespace] ${message}`));

  it('may limit the CPU where containers get a limit', () => {
    expect(problemsOf(namespace({ quota: { 'limits.cpu': '8' }, containerLimits: { default: { cpu: '1' } } }))).toEqual([]);
  });
});

describe('the limits of containers', () => {
  const limits = (containerLimits: object) => (only(render(namespace({ containerLimits })), 'LimitRange').spec as { limits: object[] }).limits[0];

  it('are changed one by one', () => {
    expect(limits({ defaultRequest: { cpu: '100m' }, default: { memory: '512Mi' }, max: { memory: '4Gi' } })).toEqual({
      type: 'Container',
      defaultRequest: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      default: { memory: '512Mi', 'ephemeral-storage': '1Gi' },
      max: { memory: '4Gi' },
    });
  });

  it('may be left out', () => expect(Object.keys(render(namespace({ containerLimits: false })))).not.toContain('LimitRange/limits'));

  it.each<[unknown, string]>([
    [{ default: { memory: 'lots' } }, `containerLimits.default.memory: got "lots"; ${form}`],
    [{ maximum: {} }, 'containerLimits.maximum: got {}; no such prop here'],
    [true, 'containerLimits: got true; an object is allowed'],
    [{ max: '4Gi' }, 'containerLimits.max: got "4Gi"; an object is allowed'],
    [{ defaultRequest: { memory: '1Gi' } }, 'containerLimits.defaultRequest.memory: got "1Gi"; at most default.memory (256Mi) is allowed; lower it or raise that'],
    [{ max: { memory: '200Mi' } }, 'containerLimits.default.memory: got "256Mi"; at most max.memory (200Mi) is allowed; lower it or raise that'],
    [{ max: { cpu: '10m' } }, 'containerLimits.defaultRequest.cpu: got "50m"; at most max.cpu (10m) is allowed; lower it or raise that'],
  ])('are refused as %j', (containerLimits, message) => expect(problemsOf(namespace({ containerLimits }))).toContain(`[chart/namespace] ${message}`));
});
