import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Chart, type IResolver, type ResolutionContext } from 'cdk8s';
import { App, WebApp, type AppProps } from '../lib';
import { testApp } from '../lib/testing';
import '../lib/testing/jest';

const image = 'ghcr.io/acme/shop:1.4.2';
const shop = (app: App) => new WebApp(new Chart(app, 'shop', { namespace: 'shop' }), 'web', { image, ports: { http: 8080 } });

let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'fairlead-app-'))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('props', () => {
  test.each<[string, object, string]>([
    ['an unknown one', { outDir: 'x' }, 'App: outDir: got "x"; no such prop here; did you mean "outdir"?'],
    ['a version that is not on board', { kubernetesVersion: '1.12' }, 'App: kubernetesVersion: got "1.12"; 1.30, 1.31, 1.32, 1.33, 1.34, 1.35 and 1.36 are allowed'],
    ['a version that YAML took for a number', { kubernetesVersion: 1.3 }, 'App: kubernetesVersion: got 1.3; 1.30, 1.31'],
    ['an empty directory', { outdir: '' }, 'App: outdir: got ""; the path of a directory is allowed'],
    ['a directory that is none', { outdir: 7 }, 'App: outdir: got 7; the path of a directory is allowed'],
    ['an extension without its dot', { outputFileExtension: 'yaml' }, 'App: outputFileExtension: got "yaml"; an extension with its dot is allowed, such as ".k8s.yaml"'],
    ['an unknown default', { defaults: { replica: 3 } }, 'defaults.replica: got 3; no such default; did you mean "replicas"?'],
  ])('%s is refused', (_, props, message) => {
    expect(() => new App(props as AppProps)).toThrow(message);
  });

  test('what is undefined counts as not given', () => {
    expect(new App({ kubernetesVersion: undefined, outputFileExtension: undefined } as unknown as AppProps)).toMatchObject({ kubernetesVersion: '1.34', outputFileExtension: '.yaml' });
  });

  test('defaults hold for every workload', () => {
    const app = testApp({ defaults: { replicas: 4 } });
    shop(app);
    expect(app).toRender('Deployment', 'web', { spec: { replicas: 4 } });
  });

  test('the version decides which fields there are', () => {
    const app = testApp({ kubernetesVersion: '1.30' });
    const chart = new Chart(app, 'shop');
    new WebApp(chart, 'web', { image, ports: { http: 8080 }, patches: { deployment: { spec: { template: { spec: { hostnameOverride: 'x' } } } } } });
    expect(app).toHaveProblem(/\[shop\/web\/deployment\] Deployment spec\.template\.spec.*hostnameOverride.*\(Kubernetes 1\.30\)/);
  });

  test('resolvers of cdk8s see every value', () => {
    const resolver: IResolver = { resolve: (context: ResolutionContext) => void (context.value === image && context.replaceValue('mirror.example.com/shop:1.4.2')) };
    const app = testApp({ resolvers: [resolver] });
    shop(app);
    expect(app).toRender('Deployment', 'web', { spec: { template: { spec: { containers: [{ image: 'mirror.example.com/shop:1.4.2' }] } } } });
  });
});

describe('synth', () => {
  test('writes the files that renderFiles gives', () => {
    const app = new App({ outdir: join(parent, 'dist') });
    shop(app);
    app.synth();
    const written = new Map(readdirSync(join(parent, 'dist')).map((name) => [name, readFileSync(join(parent, 'dist', name), 'utf8')]));
    expect(written).toEqual(app.renderFiles());
  });

  test('synthYaml is the files one after the other', () => {
    const app = testApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    for (const name of ['a', 'b']) new WebApp(chart, name, { image, ports: { http: 8080 } });
    expect(app.synthYaml()).toBe([...app.renderFiles().values()].join('---\n'));
    expect(app.synthYaml()).toBe(app.synthYaml());
  });

  const SCRIPT = `
    const { Chart } = require('cdk8s');
    const { App, CronTask, WebApp } = require(${JSON.stringify(resolve('lib'))});
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    new WebApp(chart, 'web', { image: '${image}', ports: { http: 8080 }, config: { B: 'é', A: 'z' }, files: { '/etc/b': '1', '/etc/a': '2' }, labels: { z: '1', a: '2' } });
    new CronTask(chart, 'report', { image: '${image}', schedule: '15 3 * * *', timeZone: 'Europe/Zurich' });
    app.synth();`;
  const bytes = (env: Record<string, string>) => {
    const outdir = mkdtempSync(join(parent, 'out-'));
    execFileSync(process.execPath, ['--import', 'tsx', '-e', SCRIPT], { env: { PATH: process.env.PATH, CDK8S_OUTDIR: outdir, ...env }, stdio: 'pipe' });
    return Object.fromEntries(readdirSync(outdir).map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
  };

  test('the environment, the locale and the time zone have no say in the bytes, and nothing else is written', () => {
    const plain = bytes({});
    expect(Object.keys(plain)).toEqual(['1-report.yaml', '1-web.yaml']);
    expect(bytes({ CDK8S_DISABLE_SORT: 'true', CDK8S_RECORD_CONSTRUCT_METADATA: 'true', LANG: 'tr_TR.UTF-8', LC_ALL: 'sv_SE.UTF-8', TZ: 'Pacific/Kiritimati' })).toEqual(plain);
  }, 30_000);
});
