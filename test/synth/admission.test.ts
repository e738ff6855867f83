import { ApiObject, Chart } from 'cdk8s';
import { App, PlatformNamespace, type SynthesisError, Volume, Worker, type PodSecurityLevel, type WorkerProps } from '../../lib';
import { podSecurityViolations } from '../../lib/synth/pod-security';

const good = { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } };
const pod = (spec: object = {}, container: object = {}) => ({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }, containers: [{ name: 'main', ...good, ...container }], ...spec });

it('a pod that says what the restricted level asks for breaks nothing', () => {
  expect(podSecurityViolations(pod(), 'restricted')).toEqual([]);
});

it.each([
  ['host namespaces', pod({ hostNetwork: true, hostPID: true, hostIPC: true }), ['hostNetwork must not be true', 'hostPID must not be true', 'hostIPC must not be true']],
  ['a hostPath volume', pod({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }), ["volume 'root' must not be a hostPath"]],
  ['an unsafe sysctl', pod({ securityContext: { ...pod().securityContext, sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }), ["sysctl 'kernel.msgmax' is not a safe one"]],
  ['an unconfined pod', pod({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Unconfined' }, appArmorProfile: { type: 'Unconfined' } } }), ['the pod must not set seccompProfile to Unconfined', 'the pod must not set appArmorProfile to Unconfined']],
  ['a privileged container', pod({}, { securityContext: { ...good.securityContext, privileged: true } }), ["container 'main' must not be privileged"]],
  ['a strong capability', pod({}, { securityContext: { ...good.securityContext, capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } } }), ["container 'main' must not add the capability SYS_ADMIN"]],
  ['a host port', pod({}, { ports: [{ hostPort: 80 }] }), ["container 'main' must not use a host port"]],
  ['another procMount', pod({}, { securityContext: { ...good.securityContext, procMount: 'Unmasked' } }), ["container 'main' must not change procMount"]],
  ['SELinux options', pod({}, { securityContext: { ...good.securityContext, seLinuxOptions: { user: 'system_u' } } }), ["container 'main' must not choose these seLinuxOptions"]],
  ['a host process', pod({}, { securityContext: { ...good.securityContext, windowsOptions: { hostProcess: true } } }), ["container 'main' must not be a host process"]],
])('the baseline level refuses %s', (_, spec, violations) => {
  expect(podSecurityViolations(spec, 'baseline')).toEqual(violations);
});

it.each([
  ['an NFS volume', pod({ volumes: [{ name: 'share', nfs: { server: 'x', path: '/' } }] }), ["volume 'share' must not be of kind nfs"]],
  ['root', pod({ securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } } }), ["container 'main' must set runAsNonRoot to true", "container 'main' must not run as user 0"]],
  ['no seccomp profile', pod({ securityContext: { runAsNonRoot: true } }), ["container 'main' must have a seccompProfile"]],
  ['a weak capability', pod({}, { securityContext: { ...good.securityContext, capabilities: { add: ['CHOWN', 'NET_BIND_SERVICE'], drop: ['ALL'] } } }), ["container 'main' must not add the capability CHOWN"]],
  ['a container that says nothing', pod({}, { securityContext: undefined }), ["container 'main' must set allowPrivilegeEscalation to false", "container 'main' must drop ALL capabilities"]],
])('the restricted level refuses %s, the baseline level takes it', (_, spec, violations) => {
  expect(podSecurityViolations(spec, 'restricted')).toEqual(violations);
  expect(podSecurityViolations(spec, 'baseline')).toEqual([]);
});

/** What is wrong with a worker in a namespace of that level, if there is one. */
function problems(level: PodSecurityLevel | undefined, props: Partial<WorkerProps>): readonly string[] {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  if (level) new PlatformNamespace(chart, 'namespace', { podSecurity: level });
  new Worker(chart, 'agent', { image: 'acme/agent:1.0.0', ...props });
  try {
    app.render();
    return [];
  } catch (error) {
    return (error as SynthesisError).problems;
  }
}

const host = { mounts: { '/host': Volume.of('root', { hostPath: { path: '/' } }) } };
const exception = { security: { exception: { reason: 'reads the logs of the node', root: true } } };

it('refuses a workload that breaks the restricted level, with and without its namespace at hand', () => {
  const refused = (level: string) => [`[shop/agent/deployment] Deployment breaks the ${level} Pod Security level: volume 'root' must not be a hostPath; leave it out, or give 'security.exception' a reason and set podSecurity of the PlatformNamespace`];
  expect(problems(undefined, host)).toEqual(refused('restricted'));
  expect(problems('restricted', host)).toEqual(refused('restricted'));
  expect(problems('baseline', host)).toEqual(refused('baseline'));
});

it('takes an exception where the namespace admits it', () => {
  expect(problems('privileged', { ...host, ...exception })).toEqual([]);
  expect(problems(undefined, { ...host, ...exception })).toEqual([]);
  expect(problems('baseline', exception)).toEqual([]);
});

it('refuses an exception that the namespace would not admit', () => {
  expect(problems('restricted', exception)).toEqual(["[shop/agent/deployment] Deployment breaks the restricted Pod Security level: container 'agent' must set runAsNonRoot to true; let the namespace admit it: podSecurity of its PlatformNamespace"]);
});

it('checks foreign pods by what their namespace enforces', () => {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new PlatformNamespace(chart, 'namespace');
  new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare' }, spec: { containers: [{ name: 'main', image: 'a/b:1.0.0' }] } });
  expect(() => app.render()).toThrow("[shop/pod] Pod breaks the restricted Pod Security level: container 'main' must set runAsNonRoot to true;");
});

it('checks the pods of any kind that has a template, whoever made it', () => {
  const app = new App();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new PlatformNamespace(chart, 'namespace', {});
  new ApiObject(chart, 'rollout', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web' }, spec: { template: { spec: pod({ hostNetwork: true }) } } });
  new ApiObject(chart, 'other', { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'web' }, spec: { template: { spec: { hostNetwork: true } } } });
  expect(() => app.render()).toThrow(/\[shop\/rollout\] Rollout breaks the restricted Pod Security level: hostNetwork must not be true/);
  expect(() => app.render()).not.toThrow(/shop\/other/);
});
