/** Outputs in charts on the real engine and API server: unknown in a preview, resolved in the object, secret everywhere else. */
import * as pulumi from '@pulumi/pulumi';
import { Chart } from 'cdk8s';
import { App, fromSecret, WebApp, type WebAppProps } from '../../../lib';
import { ChartResources, token } from '../../../lib/pulumi';
import { ClusterProvider } from '../../../lib/pulumi/cluster';
import { object } from '../../pulumi/deploy';
import { Deployer } from './deployer';

const CANARY = 'canary-91b7d0';
const KEY = 'the-digest-key-of-the-test';

let deployer: Deployer;
let namespace: string;

beforeAll(async () => {
  deployer = await Deployer.connect();
  namespace = await deployer.cluster.createNamespace('values');
});

afterAll(() => deployer.close(namespace));

const web = (chart: Chart, env: WebAppProps['env']) => new WebApp(chart, 'web', { image: 'registry.example/web:1.0.0', ports: { http: 80 }, replicas: 1, rollout: { minReady: '1s' }, env });

const environmentOf = async () => {
  const live = await deployer.cluster.get<{ spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } } }>('deployment', 'web', namespace);
  return Object.fromEntries(live!.spec.template.spec.containers[0]!.env.map(({ name, value }) => [name, value]));
};

it('a secret is nowhere in clear but in its Secret: state, output, previews, annotations, digests', async () => {
  const program = (password: string) =>
    deployer.program(
      () => {
        const app = new App();
        const chart = new Chart(app, 'shop', { namespace });
        object(chart, 'Secret', 's', { stringData: { own: `${CANARY}-own`, password: token('password'), config: JSON.stringify({ password: token('password') }) } });
        web(chart, { PASSWORD: fromSecret('s', 'password'), ADDRESS: `postgres://u:${token('password')}@db` });
        return app;
      },
      () => ({ outputs: { password: pulumi.secret(password) }, digestKey: pulumi.secret(KEY) }),
    );
  const first = await deployer.up(program(CANARY));
  const stale = await deployer.preview(program(CANARY), { refresh: true });
  expect(stale.steps).toEqual([]);
  const preview = await deployer.preview(program(`${CANARY}-new`));
  expect(preview.output).toContain('[secret]');
  const second = await deployer.up(program(`${CANARY}-new`));
  expect([...second.steps].sort()).toEqual([`update Deployment/${namespace}/web`, `update Secret/${namespace}/s`]);
  const written = await deployer.cluster.get<{ data: Record<string, string> }>('secret', 's', namespace);
  expect(Buffer.from(written!.data.config!, 'base64').toString()).toBe(JSON.stringify({ password: `${CANARY}-new` }));
  expect((await environmentOf()).ADDRESS).toBe(`postgres://u:${CANARY}-new@db`);
  const live = await deployer.cluster.get<{ metadata: object; spec: { template: { metadata: object } } }>('deployment', 'web', namespace);
  const seen = [first, stale, preview, second].map(({ output }) => output);
  for (const text of [...seen, deployer.engine.state(), JSON.stringify([live!.metadata, live!.spec.template.metadata])]) {
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 16));
    expect(text).not.toContain(KEY);
  }
});

it('an Output of another resource is unknown in the preview and arrives at up', async () => {
  const program = async () => {
    const provider = new ClusterProvider('cluster', { identifier: deployer.context, context: deployer.context, kubeconfig: deployer.cluster.connection.kubeconfig });
    const other = new App();
    object(new Chart(other, 'c', { namespace }), 'ConfigMap', 'source', { data: { a: 'b' } });
    const source = new ChartResources('source', { charts: other }, { provider }).get(`ConfigMap/${namespace}/source`);
    const app = new App();
    web(new Chart(app, 'shop', { namespace }), { ADDRESS: `x-${token('address')}` });
    new ChartResources('shop', { charts: app, outputs: { address: source.id }, loadBalancer: false }, { provider });
  };
  await deployer.destroy();
  const preview = await deployer.preview(program, { stack: 'outputs' });
  expect(preview.output).toContain('name : "ADDRESS"');
  expect(preview.output).not.toContain(`x-${namespace}`);
  await deployer.up(program, 'outputs');
  expect((await environmentOf()).ADDRESS).toBe(`x-${namespace}/source`);
});
