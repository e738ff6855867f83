import * as pulumi from '@pulumi/pulumi';
import type { Chart } from 'cdk8s';
import { ReleaseTask, StatefulService, Volume, WebApp } from '../../lib';
import { ChartResources } from '../../lib/pulumi';
import { runProgram } from '../../lib/pulumi/testing';
import { App as PlainApp, Chart as PlainChart } from 'cdk8s';
import { Cluster, deploy, deployment, object, registered, type Args } from './deploy';

const image = 'ghcr.io/acme/web:1.0.0';
const plain = (build: (chart: Chart) => void, args: Args = {}) => deploy(build, args, { plain: true });
const failure = (build: (chart: Chart) => void, args: Args) => plain(build, args).then(() => 'deployed', (error: Error) => error.message);
const annotations = (run: Awaited<ReturnType<typeof deploy>>, identity: string) => (registered(run, identity).inputs.metadata as { annotations?: object }).annotations;
const service = (chart: Chart, name: string, spec: object = {}) => object(chart, 'Service', name, { spec: { selector: { app: name }, ...spec } });

describe('protection', () => {
  const build = (chart: Chart) => {
    object(chart, 'Namespace', 'shop');
    new StatefulService(chart, 'db', { image, ports: { sql: 5432 }, mounts: { '/data': Volume.claim('data', { size: '1Gi' }) } });
    new WebApp(chart, 'web', { image, ports: { http: 80 }, replicas: 1, mounts: { '/data': Volume.claim('files', { size: '1Gi' }) } });
  };
  const protectedOnes = async (args: Args) => [...(await deploy(build, args)).objects.values()].filter((resource) => resource.protect).map(({ name }) => name).sort();

  it('is for what holds state, when nothing is said', async () => {
    expect(await protectedOnes({})).toEqual(['Namespace/shop', 'PersistentVolumeClaim/shop/web-files', 'StatefulSet/shop/db']);
  });

  it('is for everything or nothing on request, and lifted by name', async () => {
    expect(await protectedOnes({ protect: 'none' })).toEqual([]);
    expect(await protectedOnes({ protect: 'all' })).toEqual([...(await deploy(build)).objects.keys()].sort());
    expect(await protectedOnes({ allowDeletion: ['Namespace/shop', 'StatefulSet/shop/db'] })).toEqual(['PersistentVolumeClaim/shop/web-files']);
  });

  it('refuses to lift it from what is not there', async () => {
    expect(await failure((chart) => object(chart, 'Namespace', 'shop'), { allowDeletion: ['Namespace/shops'] })).toMatch(/allowDeletion: got "Namespace\/shops", which the charts do not have; did you mean "Namespace\/shop"\?.*pulumi state unprotect/);
  });

  it('retains volumes, and the namespace that they would go with', async () => {
    const retained = async (args: Args) => [...(await deploy(build, args)).objects.values()].filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name).sort();
    expect(await retained({})).toEqual(['Namespace/shop', 'PersistentVolumeClaim/shop/web-files']);
    expect(await retained({ retainVolumes: false })).toEqual([]);
    expect(registered(await plain((chart) => object(chart, 'Namespace', 'shop')), 'Namespace/shop').retainOnDelete).toBe(false);
  });
});

describe('what others own', () => {
  it('is left to an autoscaler: the number of pods', async () => {
    const run = await deploy((chart) => {
      new WebApp(chart, 'scaled', { image, ports: { http: 80 }, replicas: { min: 2, max: 4 }, resources: { requests: { cpu: '100m', memory: '64Mi' } } });
      new WebApp(chart, 'fixed', { image, ports: { http: 80 }, replicas: 2 });
    });
    expect(registered(run, 'Deployment/shop/scaled').ignoreChanges).toEqual(['spec.replicas']);
    expect(registered(run, 'Deployment/shop/fixed').ignoreChanges).toEqual([]);
  });

  it('is left to KEDA, also where the chart names a number', async () => {
    const run = await plain((chart) => {
      deployment(chart, 'a', {}, { replicas: 3 });
      object(chart, 'ScaledObject', 'a', { apiVersion: 'keda.sh/v1alpha1', spec: { scaleTargetRef: { name: 'a' } } });
    });
    expect(registered(run, 'Deployment/shop/a').ignoreChanges).toEqual(['spec.replicas']);
  });

  it('is left to the CA injector of cert-manager', async () => {
    const run = await plain((chart) => object(chart, 'MutatingWebhookConfiguration', 'a', { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'x/y' } } }));
    expect(registered(run, 'MutatingWebhookConfiguration/a').ignoreChanges).toEqual(['webhooks[*].clientConfig.caBundle']);
  });
});

describe('waiting', () => {
  const SKIP = { 'pulumi.com/skipAwait': 'true' };

  it('gives a rollout its own deadline, a Job its own, and a StatefulSet time for each pod', async () => {
    const run = await plain((chart) => {
      deployment(chart, 'a', {}, { progressDeadlineSeconds: 120 });
      deployment(chart, 'b');
      object(chart, 'Job', 'j', { apiVersion: 'batch/v1', spec: { activeDeadlineSeconds: 900 } });
      object(chart, 'StatefulSet', 's', { apiVersion: 'apps/v1', spec: { replicas: 3 } });
    });
    const seconds = (identity: string) => registered(run, identity).customTimeouts;
    expect(seconds('Deployment/shop/a')).toEqual({ create: '180s', update: '180s' });
    expect(seconds('Deployment/shop/b').create).toBe('660s');
    expect(seconds('Job/shop/j').create).toBe('960s');
    expect(seconds('StatefulSet/shop/s').create).toBe('960s');
  });

  it('gives a Service the time of all that its pods wait for', async () => {
    const run = await plain((chart) => {
      const job = object(chart, 'Job', 'j', { apiVersion: 'batch/v1', spec: { activeDeadlineSeconds: 900 } });
      deployment(chart, 'a', {}, { progressDeadlineSeconds: 600 }).addDependency(job);
      service(chart, 'a');
    });
    expect(registered(run, 'Service/shop/a').customTimeouts.create).toBe(`${960 + 660}s`);
  });

  it('is not for Services without pods of ours, or whose pods may number none', async () => {
    const run = await plain((chart) => {
      for (const name of ['ready', 'stopped', 'asleep', 'away']) service(chart, name);
      deployment(chart, 'ready');
      deployment(chart, 'stopped', {}, { replicas: 0 });
      deployment(chart, 'asleep');
      object(chart, 'ScaledObject', 'asleep', { apiVersion: 'keda.sh/v1alpha1', spec: { scaleTargetRef: { name: 'asleep' } } });
      service(chart, 'headless', { clusterIP: 'None' });
    });
    expect(['ready', 'stopped', 'asleep', 'away', 'headless'].map((name) => annotations(run, `Service/shop/${name}`))).toEqual([undefined, SKIP, SKIP, SKIP, undefined]);
  });

  it('is not for a Service whose pods wait for it', async () => {
    const run = await plain((chart) => {
      const job = object(chart, 'Job', 'j', { apiVersion: 'batch/v1' });
      job.addDependency(service(chart, 'a'));
      deployment(chart, 'a').addDependency(job);
      service(chart, 'b');
      deployment(chart, 'b').addDependency(service(chart, 'c'));
      deployment(chart, 'c').addDependency(chart.node.findChild('Service-b'));
    });
    expect(['a', 'b', 'c'].map((name) => annotations(run, `Service/shop/${name}`))).toEqual([SKIP, SKIP, SKIP]);
  });

  it('is not for addresses on a cluster that gives none', async () => {
    const build = (chart: Chart) => {
      object(chart, 'Ingress', 'i', { apiVersion: 'networking.k8s.io/v1' });
      deployment(chart, 'a');
      service(chart, 'a', { type: 'LoadBalancer' });
    };
    const [without, withOne] = [await plain(build, { loadBalancer: false }), await plain(build)];
    expect([annotations(without, 'Ingress/shop/i'), annotations(without, 'Service/shop/a')]).toEqual([SKIP, SKIP]);
    expect([annotations(withOne, 'Ingress/shop/i'), annotations(withOne, 'Service/shop/a')]).toEqual([undefined, undefined]);
  });

  it('is not for claims that pods mount: they may be bound only then', async () => {
    const run = await plain((chart) => {
      object(chart, 'PersistentVolumeClaim', 'used');
      object(chart, 'PersistentVolumeClaim', 'unused');
      deployment(chart, 'a', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'used' } }] });
    });
    expect([annotations(run, 'PersistentVolumeClaim/shop/used'), annotations(run, 'PersistentVolumeClaim/shop/unused')]).toEqual([SKIP, undefined]);
  });

  it('leaves the chart its own word', async () => {
    const run = await plain((chart) => object(chart, 'Ingress', 'i', { apiVersion: 'networking.k8s.io/v1', metadata: { annotations: { 'pulumi.com/skipAwait': 'false' } } }), { loadBalancer: false });
    expect(annotations(run, 'Ingress/shop/i')).toEqual({ 'pulumi.com/skipAwait': 'false' });
  });
});

describe('jobs', () => {
  it('that failed are made again, are named by content, and have no time-to-live', async () => {
    const run = await deploy((chart) => new ReleaseTask(chart, 'migrate', { image }));
    const [job] = [...run.objects.values()].filter(({ type }) => type.endsWith(':Job'));
    expect(job).toMatchObject({ name: expect.stringMatching(/^Job\/shop\/migrate-[0-9a-f]{10}$/), inputs: { metadata: { annotations: { 'pulumi.com/replaceUnready': 'true' } } } });
    expect(job!.inputs.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });
});

describe('options of the component', () => {
  it('single objects take further options', async () => {
    const run = await plain((chart) => [object(chart, 'ConfigMap', 'a'), object(chart, 'ConfigMap', 'b')], { optionsFor: ({ name }) => (name === 'a' ? { protect: true, ignoreChanges: ['data'] } : undefined) });
    expect(registered(run, 'ConfigMap/shop/a')).toMatchObject({ protect: true, ignoreChanges: ['data'] });
    expect(registered(run, 'ConfigMap/shop/b')).toMatchObject({ protect: false, ignoreChanges: [] });
  });

  it('the provider is passed down and the component is the parent', async () => {
    const run = await plain((chart) => object(chart, 'ConfigMap', 'a'));
    expect(registered(run, 'ConfigMap/shop/a')).toMatchObject({ provider: expect.stringContaining('pulumi:providers:kubernetes::cluster'), parent: expect.stringMatching(/::fairlead:pulumi:ChartResources::shop$/) });
  });

  it('without a provider nothing is deployed, unless the ambient cluster is asked for', async () => {
    const program = (ambientCluster?: boolean) => runProgram(() => {
      const app = new PlainApp();
      object(new PlainChart(app, 'c'), 'ConfigMap', 'a');
      new ChartResources('x', { charts: app, ...(ambientCluster === undefined ? {} : { ambientCluster }) });
    });
    await expect(program()).rejects.toThrow("ChartResources 'x': provider: got none, so the kubeconfig at hand would choose the cluster; pass a Kubernetes provider that names it");
    expect([...(await program(true)).objects.keys()]).toEqual(['ConfigMap/a']);
  });

  it('the provider of a parent will do', async () => {
    const run = await runProgram(() => {
      const app = new PlainApp();
      object(new PlainChart(app, 'c'), 'ConfigMap', 'a');
      const parent = new pulumi.ComponentResource('test:index:Parent', 'parent', {}, { provider: new Cluster() });
      new ChartResources('x', { charts: app }, { parent });
    });
    expect(registered(run, 'ConfigMap/a').provider).toContain('cluster');
  });

  it.each<[object, string]>([
    [{ protects: 'all' }, 'protects: no such prop here; did you mean "protect"? (its value is not shown: it may be secret)'],
    [{ protect: 'some' }, "protect: got \"some\"; 'stateful', 'all' and 'none' are allowed"],
    [{ charts: [] }, 'charts: got an empty list; a cdk8s App, a Chart, or a list of them is allowed'],
    [{ charts: {} }, 'charts: got a Object; a cdk8s App, a Chart, or a list of them is allowed'],
    [{ digestKey: 'short' }, 'digestKey: got 5 characters (not shown); at least 16 are needed'],
    [{ resourcePrefix: '' }, 'resourcePrefix: got ""'],
  ])('%j is refused', async (args, message) => expect(await failure((chart) => object(chart, 'ConfigMap', 'a'), args as Args)).toContain(message));

  it('gives the resource of an object, with what the cluster says of it', async () => {
    const run = await runProgram(() => {
      const app = new PlainApp();
      object(new PlainChart(app, 'c', { namespace: 'shop' }), 'Ingress', 'web', { apiVersion: 'networking.k8s.io/v1' });
      const resources = new ChartResources('x', { charts: app }, { provider: new Cluster() });
      expect(() => resources.get('Ingress/shop/wep')).toThrow('get: got "Ingress/shop/wep", which the charts do not have; did you mean "Ingress/shop/web"?');
      return resources.get('Ingress/shop/web').status.apply((status) => status);
    }, { state: ({ inputs }) => ({ ...inputs, status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } } }) });
    expect(run.result).toEqual({ loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } });
  });
});
