/** Who else changes objects that Pulumi deploys: autoscalers, whose changes stay, and people, whose changes are mended. */
import { Chart } from 'cdk8s';
import { App, WebApp, type WebAppProps } from '../../../lib';
import type { KubeObject } from '../harness/objects';
import { eventually } from '../harness/eventually';
import { Deployer } from './deployer';

const RESOURCES = { requests: { cpu: '10m', memory: '16Mi' } };

let deployer: Deployer;
const namespaces: string[] = [];

beforeAll(async () => {
  deployer = await Deployer.connect();
});

afterAll(() => deployer.close(...namespaces));

/** A program that deploys one web application to a namespace of its own. */
async function site(): Promise<(props: Partial<WebAppProps>) => ReturnType<Deployer['program']>> {
  const namespace = await deployer.cluster.createNamespace('owners');
  namespaces.push(namespace);
  return (props) =>
    deployer.program(() => {
      const app = new App();
      new WebApp(new Chart(app, 'site', { namespace }), 'web', { image: 'registry.example/web:1.0.0', ports: { http: 80 }, resources: RESOURCES, rollout: { minReady: '1s' }, ...props });
      return app;
    });
}

const live = async (): Promise<KubeObject & { spec: { replicas: number; template: { spec: { containers: { image: string }[] } } } }> => (await deployer.cluster.get('deployment', 'web', namespaces.at(-1)))!;
const patch = (kind: string, name: string, body: object) => deployer.cluster.kubectl.mustRun(['patch', kind, name, `--namespace=${namespaces.at(-1)}`, '--type=merge', `--patch=${JSON.stringify(body)}`]);
const scale = (replicas: number) => deployer.cluster.kubectl.mustRun(['scale', 'deployment', 'web', `--namespace=${namespaces.at(-1)}`, `--replicas=${replicas}`]);

it('what an autoscaler did stays', async () => {
  const program = await site();
  const stack = namespaces.at(-1)!;
  await deployer.up(program({ replicas: { min: 2, max: 9 } }), stack);
  await eventually(async () => expect((await live()).spec.replicas).toBe(2));
  await scale(7); // as the autoscaler does it: through the subresource
  const { steps } = await deployer.up(program({ replicas: { min: 2, max: 9 }, image: 'registry.example/web:1.1.0' }), stack);
  expect(steps).toEqual([`update Deployment/${stack}/web`]);
  expect((await live()).spec.replicas).toBe(7);
  const refreshed = await deployer.preview(program({ replicas: { min: 2, max: 9 }, image: 'registry.example/web:1.1.0' }), { stack, refresh: true });
  expect(refreshed.steps).toEqual([]);
});

it('what sleeps is not woken by an `up`, unless its number of pods is fixed and it is changed', async () => {
  const scaled = await site();
  const stack = namespaces.at(-1)!;
  await deployer.up(scaled({ replicas: { min: 2, max: 9 } }), stack);
  await scale(0); // as a NightSchedule does it
  await deployer.up(scaled({ replicas: { min: 2, max: 9 }, image: 'registry.example/web:1.1.0' }), stack);
  expect((await live()).spec.replicas).toBe(0);
  const fixed = await site();
  const other = namespaces.at(-1)!;
  await deployer.up(fixed({ replicas: 3 }), other);
  await scale(0);
  expect((await deployer.up(fixed({ replicas: 3 }), other)).steps).toEqual([]);
  expect((await live()).spec.replicas).toBe(0);
  await deployer.up(fixed({ replicas: 3, image: 'registry.example/web:1.1.0' }), other);
  expect((await live()).spec.replicas).toBe(3);
});

it('going from a fixed number of pods to an autoscaler, and back, never drops pods', async () => {
  const program = await site();
  const stack = namespaces.at(-1)!;
  await deployer.up(program({ replicas: 5 }), stack);
  const seen: number[] = [];
  const watching = setInterval(() => void live().then(({ spec }) => seen.push(spec.replicas), () => undefined), 200);
  await deployer.up(program({ replicas: { min: 2, max: 9 } }), stack);
  await deployer.up(program({ replicas: { min: 2, max: 9 }, image: 'registry.example/web:1.1.0' }), stack);
  clearInterval(watching);
  expect(Math.min(...seen)).toBe(5);
  expect((await live()).spec.replicas).toBe(5);
  await scale(7);
  await deployer.up(program({ replicas: 6 }), stack);
  expect((await live()).spec.replicas).toBe(6);
});

it.each([
  ['another image', () => patch('deployment', 'web', { spec: { template: { spec: { containers: [{ name: 'web', image: 'registry.example/web:hacked' }] } } } }), 'Deployment'],
  ['another number of pods', () => scale(1), 'Deployment'],
  ['a label', () => deployer.cluster.kubectl.mustRun(['label', 'service', 'web', `--namespace=${namespaces.at(-1)}`, '--overwrite', 'app.kubernetes.io/name=other']), 'Service'],
  ['a Service deleted', () => deployer.cluster.delete('service', 'web', namespaces.at(-1)), 'Service'],
])('%s by hand is shown by a preview that refreshes, and mended', async (_, drift, kind) => {
  const program = await site();
  const stack = namespaces.at(-1)!;
  const wanted = program({ replicas: 3, config: { GREETING: 'hello' } });
  await deployer.up(wanted, stack);
  await drift();
  const preview = await deployer.preview(wanted, { stack, refresh: true });
  expect(preview.steps).toEqual([expect.stringMatching(new RegExp(`^(update|create) ${kind}/${stack}/web`))]);
  const mended = await deployer.run(await deployer.engine.stack(wanted, stack), (it, options) => it.up({ ...options, refresh: true }));
  expect(mended.steps).toEqual(preview.steps);
  expect((await deployer.preview(wanted, { stack, refresh: true })).steps).toEqual([]);
});
