/** Releases that get stuck, by the real engine on the real API server: they end early and say why. Pods fail on demand. */
import { Chart } from 'cdk8s';
import { App, PlatformNamespace, ReleaseTask, WebApp } from '../../../lib';
import type { Chaos, ChaosOptions } from '../harness/chaos';
import { isReady, podsOf, workloads } from '../live';
import { Deployer, type Run, type RunFailed } from './deployer';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('a release that gets stuck', () => {
  const namespace = `stuck-${Date.now().toString(36)}`;
  let deployer: Deployer;
  let chaos: Chaos | undefined;
  let old: string[];

  /** A shop with a migration before its front. */
  const app = (version: string) => () => {
    const shop = new App();
    new PlatformNamespace(new Chart(shop, 'platform'), 'namespace', { name: namespace });
    const chart = new Chart(shop, 'shop', { namespace });
    const resources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } };
    const migrate = new ReleaseTask(chart, 'migrate', { image: `ghcr.io/acme/web:${version}`, resources, backoffLimit: 0 });
    new WebApp(chart, 'web', { image: `ghcr.io/acme/web:${version}`, ports: { http: 8080 }, replicas: 2, resources, podLabels: { 'example.com/build': version }, after: [migrate] });
    return shop;
  };

  /** Brings a version up, as our command does: what ends the update aborts its signal. */
  const up = async (version: string): Promise<Run> => {
    const cancel = new AbortController();
    const { context, kubeconfig } = { context: deployer.context, kubeconfig: deployer.cluster.connection.kubeconfig };
    const program = deployer.program(app(version), { watch: { context, kubeconfig, onStuck: () => cancel.abort() } });
    return deployer.run(await deployer.engine.stack(program, 'stuck'), (stack, options) => stack.up({ ...options, signal: cancel.signal }));
  };
  const failing = async (version: string): Promise<RunFailed> => up(version).then(() => Promise.reject(new Error('it went well')), (error: RunFailed) => error);
  const webPods = async () => podsOf(deployer.cluster, (await workloads(deployer.cluster, namespace)).get('Deployment/web')!);
  const ready = async () => (await webPods()).filter(isReady).map(({ metadata }) => metadata.name).sort();
  const fail = async (options: Omit<ChaosOptions, 'namespace'>) => {
    chaos = await deployer.cluster.chaos({ namespace, ...options });
  };

  beforeAll(async () => {
    deployer = await Deployer.connect();
    await up('1.0.0');
    old = await ready();
  });
  afterEach(async () => {
    await chaos?.stop();
    chaos = undefined;
  });
  afterAll(() => deployer.close(namespace));

  it('because its task fails names the task and the command that shows its log', async () => {
    await fail({ labels: { 'app.kubernetes.io/name': 'migrate' }, fails: 'container', exitCode: 3 });
    const { output, steps } = await failing('3.0.0');
    expect(output).toMatch(/Job\/\S+\/migrate-\S+ can't be rolled out: failed: BackoffLimitExceeded: .*exit code 3 \(Error\): made to fail by chaos\n\s+next: kubectl --kubeconfig \S+ --context \S+ --namespace \S+ logs job\/migrate-\S+ --all-containers/);
    expect(steps).not.toContain(`update Deployment/${namespace}/web`);
    expect(await ready()).toEqual(old);
  });

  it('because an image does not exist says so, and the old version stands', async () => {
    await fail({ labels: { 'example.com/build': '2.0.0' }, fails: 'image' });
    const { output } = await failing('2.0.0');
    expect(output).toMatch(/Deployment\/\S+\/web can't be rolled out: pod web-\S+, container web: image ghcr\.io\/acme\/web:2\.0\.0 does not exist/);
    expect(await ready()).toEqual(old);
  });

  it('is followed by a mended one', async () => {
    const { steps } = await up('3.0.1');
    expect(steps).toContain(`update Deployment/${namespace}/web`);
    expect(await ready()).not.toEqual(old);
  });
});
