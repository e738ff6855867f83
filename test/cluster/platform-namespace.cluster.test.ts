/** What a namespace made by PlatformNamespace lets in. */
import { Chart } from 'cdk8s';
import { App, PlatformNamespace, WebApp, type PlatformNamespaceProps, type WebAppProps } from '../../lib';
import { ApplyError, connect, WarnedError, type Cluster } from './harness/cluster';
import type { Wave } from './harness/deploy';
import type { KubeObject } from './harness/objects';
import { wavesOfApp } from './waves';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('a platform namespace', () => {
  const suffix = Date.now().toString(36);
  const namespaces: string[] = [];
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await connect();
  });

  afterAll(async () => {
    for (const name of namespaces) await cluster.kubectl.run(['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  async function made(platform: PlatformNamespaceProps): Promise<string> {
    const namespace = `platform-${namespaces.length + 1}-${suffix}`;
    namespaces.push(namespace);
    const app = new App();
    new PlatformNamespace(new Chart(app, 'platform', { namespace }), 'namespace', platform);
    await cluster.deploy(namespace, wavesOfApp(app));
    return namespace;
  }

  /** A workload from an app that does not know its namespace, or synth would refuse what the namespace does not let in. */
  function workload(namespace: string, props: Partial<WebAppProps>): Wave[] {
    const app = new App();
    new WebApp(new Chart(app, 'team', { namespace }), 'web', { image: 'registry.example/web:1.0.0', ports: { http: 8080 }, rollout: { minReady: '1s' }, ...props });
    return wavesOfApp(app);
  }

  const privileged = { security: { exception: { reason: 'loads kernel modules', privileged: true } } };
  const addCapability = { security: { exception: { reason: 'sets up interfaces', capabilities: ['NET_ADMIN'] } } };

  it.each([
    ['a privileged workload', privileged, /privileged \(container "web" must not set/],
    ['a workload with a forbidden capability', addCapability, /unrestricted capabilities/],
    ['a workload that runs as root', { security: { exception: { reason: 'old image', root: true } } }, /runAsNonRoot != true/],
  ])('warns of %s and lets none of its pods in', async (_, web, why) => {
    const namespace = await made({});
    const deployed = cluster.deploy(namespace, workload(namespace, web));
    await expect(deployed).rejects.toThrow(WarnedError);
    await expect(deployed).rejects.toThrow(why);
    await expect(cluster.waitReady(namespace, { timeoutSeconds: 3 })).rejects.toThrow(/forbidden: violates PodSecurity "restricted/);
    expect(await cluster.list('pods', namespace)).toEqual([]);
  });

  it('lets a privileged workload in where its level says so', async () => {
    const namespace = await made({ podSecurity: 'privileged' });
    await cluster.deploy(namespace, workload(namespace, privileged));
    expect(await cluster.list('pods', namespace)).toHaveLength(2);
  });

  it('keeps a workload below its quota, and the wait says which', async () => {
    const namespace = await made({ quota: { pods: '2' } });
    const deployed = cluster.deploy(namespace, workload(namespace, { replicas: 3 }), { timeoutSeconds: 5 });
    await expect(deployed).rejects.toThrow(/exceeded quota: quota, requested: pods=1, used: pods=2, limited: pods=2/);
    expect(await cluster.list('pods', namespace)).toHaveLength(2);
  });

  const door = (type: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'door' }, spec: { type, selector: { app: 'web' }, ports: [{ port: 80 }] } });

  it('takes no Service of type LoadBalancer: routes are the way in', async () => {
    const namespace = await made({});
    const applied = cluster.apply(door('LoadBalancer'), { namespace });
    await expect(applied).rejects.toThrow(ApplyError);
    await expect(applied).rejects.toThrow(/exceeded quota: quota/);
  });

  it('takes the NodePort through which certificate solvers are reached', async () => {
    const namespace = await made({});
    expect(await cluster.apply(door('NodePort'), { namespace })).toMatchObject({ warnings: [] });
  });

  it('gives requests and limits to a container that says nothing', async () => {
    const namespace = await made({});
    const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare' }, spec: { containers: [{ name: 'main', image: 'registry.example/web:1.0.0', securityContext }] } };
    expect(await cluster.apply(pod, { namespace })).toMatchObject({ warnings: [] });
    const live = await cluster.get<KubeObject>('pod', 'bare', namespace);
    const resources = { requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' }, limits: { memory: '256Mi', 'ephemeral-storage': '1Gi' } };
    expect(live?.spec).toMatchObject({ containers: [{ resources }] });
  });
});
