/** What a NightSchedule's tasks do with a cluster, and may do: their very commands, with the rights of their service accounts. */
import { Chart } from 'cdk8s';
import { App, NightSchedule, PlatformNamespace, StatefulService, WebApp, Worker } from '../../lib';
import { connect, type Cluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import type { KubeObject } from './harness/objects';
import { wavesOfApp } from './waves';

// Nobody wants the workloads of a cluster that they named to be scaled by whoever is at hand.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

type Command = { readonly command: readonly string[] };
type CronJob = KubeObject & { spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: string; initContainers?: readonly Command[]; containers: readonly Command[] } } } } } };

describeOwn('a night schedule', () => {
  const namespace = `night-${Date.now().toString(36)}`;
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await connect();
    const app = new App();
    const image = 'registry.example/app:1.0.0';
    const chart = new Chart(app, 'shop', { namespace });
    new PlatformNamespace(chart, 'namespace');
    new WebApp(chart, 'web', { image, ports: { http: 8080 }, replicas: { min: 3, max: 6, cpu: 70 }, resources: { requests: { cpu: '10m' } }, rollout: { minReady: '1s' } });
    new Worker(chart, 'worker', { image, replicas: 2, rollout: { minReady: '1s' } });
    new Worker(chart, 'watcher', { image, replicas: 1, rollout: { minReady: '1s' } });
    new StatefulService(chart, 'store', { image, ports: { tcp: 6379 } });
    new NightSchedule(chart, 'night', { keep: ['watcher'] });
    await cluster.deploy(namespace, wavesOfApp(app));
  });

  afterAll(async () => {
    await cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  /** Runs what the task's pod would run, as its service account. */
  async function run(task: string): Promise<void> {
    const { spec } = (await cluster.get<CronJob>('cronjob', task, namespace))!;
    const { initContainers = [], containers, serviceAccountName } = spec.jobTemplate.spec.template.spec;
    for (const { command: [program, ...args] } of [...initContainers, ...containers]) {
      expect(program).toBe('kubectl');
      await cluster.kubectl.mustRun([...args, ...as(serviceAccountName)]);
    }
  }

  const as = (account: string) => [`--namespace=${namespace}`, `--as=system:serviceaccount:${namespace}:${account}`];

  async function pods(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { metadata } of await cluster.list('pods', namespace)) {
      const name = metadata.labels!['app.kubernetes.io/name']!;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  const AWAKE = { web: 3, worker: 2, watcher: 1, store: 1 };

  it('leaves no pod but those that stay awake, and autoscalers let it be; in the morning all are back', async () => {
    expect(await pods()).toEqual(AWAKE);
    await run('night-sleep');
    await eventually(async () => expect(await pods()).toEqual({ watcher: 1 }));
    await eventually(async () => {
      const autoscaler = await cluster.get<KubeObject & { status: { conditions: readonly { type: string; reason: string }[] } }>('hpa', 'web', namespace);
      expect(autoscaler!.status.conditions).toContainEqual(expect.objectContaining({ type: 'ScalingActive', reason: 'ScalingDisabled' }));
    });
    expect(await pods()).toEqual({ watcher: 1 });
    await run('night-wake');
    await cluster.waitReady(namespace);
    expect(await pods()).toEqual(AWAKE);
  });

  it('changes nothing when it sleeps or is awake already', async () => {
    await run('night-wake');
    expect(await pods()).toEqual(AWAKE);
    await run('night-sleep');
    await run('night-sleep');
    await eventually(async () => expect(await pods()).toEqual({ watcher: 1 }));
    await run('night-wake');
    await cluster.waitReady(namespace);
  });

  it.each([
    ['scale what stays awake', ['scale', '--replicas=0', 'deployment/watcher']],
    ['change what runs in a workload', ['set', 'image', 'deployment/web', 'web=registry.example/other:1.0.0']],
    ['delete a workload', ['delete', 'deployment', 'web']],
    ['list the workloads', ['get', 'deployments']],
    ['read Secrets', ['get', 'secrets']],
    ['make pods', ['run', 'other', '--image=registry.example/other:1.0.0']],
    ['change its own task', ['patch', 'cronjob', 'night-wake', '-p', '{"spec":{"suspend":true}}']],
  ])('may not %s', async (_, command) => {
    for (const account of ['night-sleep', 'night-wake']) await expect(cluster.kubectl.mustRun([...command, ...as(account)])).rejects.toThrow(/[Ff]orbidden/);
  });

  it('may not scale anything in another namespace', async () => {
    const other = [`--namespace=kube-system`, `--as=system:serviceaccount:${namespace}:night-sleep`];
    await expect(cluster.kubectl.mustRun(['scale', '--replicas=0', 'deployment/web', ...other])).rejects.toThrow(/[Ff]orbidden/);
  });
});
