/** What becomes of single objects: definitions and their resources, included YAML, renames, what is protected and retained. */
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { App as PlainApp, Chart, Include } from 'cdk8s';
import type { App } from 'cdk8s';
import type { ChartResourcesArgs } from '../../../lib/pulumi';
import { object } from '../../pulumi/deploy';
import { Deployer } from './deployer';

let deployer: Deployer;
let namespace: string;
/** The stack has the same name. */
let stack: string;

beforeAll(async () => {
  deployer = await Deployer.connect();
});

beforeEach(async () => {
  stack = `objects-${Math.random().toString(36).slice(2, 8)}`;
  namespace = stack;
});

afterEach(() => deployer.cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']));

afterAll(() => deployer.close());

/** A plain cdk8s app of one chart, with a namespace. */
function plain(build: (chart: Chart) => void): () => App {
  return () => {
    const app = new PlainApp();
    const chart = new Chart(app, 'chart', { namespace });
    object(chart, 'Namespace', namespace);
    build(chart);
    return app;
  };
}

const up = async (build: (chart: Chart) => void, args: Partial<ChartResourcesArgs> = {}) => (await deployer.up(deployer.program(plain(build), args), stack)).steps.map((step) => step.replaceAll(namespace, 'NS'));
const failing = (build: (chart: Chart) => void, args: Partial<ChartResourcesArgs> = {}) => up(build, args).then(() => 'it went well', (error: Error) => error.message);

const database = (name: string) => (chart: Chart) => {
  const labels = { app: 'db' };
  object(chart, 'StatefulSet', name, { apiVersion: 'apps/v1', spec: { replicas: 0, serviceName: 'db', selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'db', image: 'registry.example/db:1' }] } } } });
};

it('a definition and objects of its kind come up together, and go together', async () => {
  const group = `${stack}.example.com`;
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } };
  const build = (size: number) => (chart: Chart) => {
    object(chart, 'Widget', 'one', { apiVersion: `${group}/v1`, spec: { size } });
    object(chart, 'CustomResourceDefinition', `widgets.${group}`, {
      apiVersion: 'apiextensions.k8s.io/v1',
      spec: { group, scope: 'Namespaced', names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' }, versions: [{ name: 'v1', served: true, storage: true, schema }] },
    });
  };
  const [definition, widget] = [`CustomResourceDefinition/widgets.${group}`, `Widget.${group}/${namespace}/one`].map((name) => name.replaceAll(namespace, 'NS'));
  const made = await up(build(1));
  expect([...made].sort()).toEqual([`create ${definition}`, 'create Namespace/NS', `create ${widget}`]);
  expect(made.at(-1)).toBe(`create ${widget}`);
  expect(await up(build(1))).toEqual([]);
  expect(await up(build(2))).toEqual([`update ${widget}`]);
  expect((await deployer.destroy(stack)).steps).toHaveLength(3);
});

it('YAML that a plain chart includes becomes resources; another version of an API replaces nothing; a rename by name keeps the order', async () => {
  const file = path.join(deployer.engine.directory, `${stack}.yaml`);
  const autoscaler = (version: string) => ({ apiVersion: `autoscaling/${version}`, kind: 'HorizontalPodAutoscaler', metadata: { name: 'h', namespace }, spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } } });
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'included', namespace }, data: { text: 'one\ntwo\n' } };
  const including = (documents: readonly object[]) => (chart: Chart) => {
    writeFileSync(file, documents.map((document) => JSON.stringify(document)).join('\n---\n'));
    new Include(chart, 'yaml', { url: file });
  };
  expect(await up(including([autoscaler('v1'), settings]))).toEqual(expect.arrayContaining(['create ConfigMap/NS/included', 'create HorizontalPodAutoscaler/NS/h']));
  expect(await up(including([autoscaler('v2'), settings]))).not.toEqual(expect.arrayContaining([expect.stringMatching(/replace|delete|create/)]));
  const renamed = { ...settings, metadata: { name: 'settings', namespace } };
  const steps = await up(including([autoscaler('v2'), renamed]), { renamed: { [`ConfigMap/${namespace}/settings`]: `ConfigMap/${namespace}/included` } });
  expect(steps).toEqual(['create-replacement ConfigMap/NS/settings', 'delete-replaced ConfigMap/NS/included']);
  expect((await deployer.cluster.list('configmaps', namespace)).map(({ metadata }) => metadata.name).filter((name) => !name.startsWith('kube-'))).toEqual(['settings']);
});

it('what holds state is neither deleted nor replaced, unless it is allowed by name', async () => {
  const protect = 'stateful';
  await up(database('db'), { protect });
  expect(await failing(() => undefined, { protect })).toMatch(/StatefulSet\/[^]*protected/);
  const renaming = await failing(database('database'), { protect, renamed: { [`StatefulSet/${namespace}/database`]: `StatefulSet/${namespace}/db` } });
  expect(renaming).toMatch(/unable to replace resource[^]*protect/);
  expect(await deployer.cluster.get('statefulset', 'db', namespace)).toBeDefined();
  await up(database('db'), { protect, allowDeletion: [`StatefulSet/${namespace}/db`] });
  expect(await up(() => undefined, { protect })).toEqual(['delete StatefulSet/NS/db']);
});

it('what exists already is not taken over', async () => {
  await deployer.cluster.kubectl.mustRun(['create', 'namespace', namespace]);
  expect(await failing(() => undefined)).toMatch(new RegExp(`Namespace/${namespace}[^]*already exists`));
  expect((await deployer.cluster.get('namespace', namespace))!.metadata.labels).toEqual({ 'kubernetes.io/metadata.name': namespace });
});
