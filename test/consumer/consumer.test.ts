import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConsumerProject } from './project';

let project: ConsumerProject;

const APP = `
import { Chart } from 'cdk8s';
import { App, Worker, type WorkerProps } from 'fairlead';
import { WebApp } from 'fairlead/web-app';
import { synthesize } from 'fairlead/testing';

const image = 'ghcr.io/acme/shop:1.4.2';
const props: WorkerProps = { image, connectsTo: ['web'] };
const app = new App({ outdir: 'manifests', kubernetesVersion: '1.33' });
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const web: WebApp = new WebApp(chart, 'web', { image, ports: { http: 8080 } });
new Worker(chart, 'mailer', props);
app.synth();
const replicas: unknown = synthesize(web).find('Deployment', 'web').spec;
console.log(app.synthYaml(), JSON.stringify(replicas).length > 0);
`;

beforeAll(() => {
  project = new ConsumerProject();
  project.write('package.json', { name: 'consumer', private: true });
  project.write('app.ts', APP);
  const strict = { strict: true, skipLibCheck: false, target: 'es2022', lib: ['es2022', 'dom'], types: [] };
  project.write('tsconfig.node16.json', { compilerOptions: { ...strict, module: 'node16' }, files: ['app.ts'] });
  project.write('tsconfig.exact.json', { compilerOptions: { ...strict, skipLibCheck: true, exactOptionalPropertyTypes: true, module: 'node16', noEmit: true }, files: ['app.ts'] });
  project.write('tsconfig.bundler.json', { compilerOptions: { ...strict, module: 'esnext', moduleResolution: 'bundler', noEmit: true }, files: ['app.ts'] });
}, 120_000);

afterAll(() => rmSync(project.directory, { recursive: true, force: true }));

describe('the package', () => {
  test('holds the compiled library and nothing else', () => {
    const others = project.packed.filter((path) => !/^build\/lib\/.*\.(js|d\.ts|json)$/.test(path));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(project.packed.filter((path) => /test\.|\.map$/.test(path))).toEqual([]);
    expect(project.packed).toContain('build/lib/schema/data/apps.js');
    expect(project.packed).toContain('build/lib/schema/data/apps.json');
  });

  test('is small', () => {
    expect(project.size.packed).toBeLessThan(800_000);
    expect(project.size.unpacked).toBeLessThan(3_500_000);
  });
});

describe('a TypeScript project', () => {
  test.each(['node16', 'bundler'])('compiles with %s resolution, declarations of libraries checked too', (resolution) => {
    expect(project.tsc('-p', `tsconfig.${resolution}.json`)).toBe('');
  });

  test('compiles with exact optional properties', () => {
    expect(project.tsc('-p', 'tsconfig.exact.json')).toBe('');
  });

  test('runs', () => {
    project.tsc('-p', 'tsconfig.node16.json');
    const output = project.run('app.js');
    expect(output).toMatch(/^apiVersion: .*\nkind: /);
    expect(output).toContain('kind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n');
    expect(output).toMatch(/\n true\n$/);
    expect(project.run('-p', "require('fs').readdirSync('manifests').join()")).toBe('1-mailer.yaml,1-web.yaml\n');
  });

  test('sees the types of the jest matchers', () => {
    project.link('@types/jest');
    project.write('matchers.ts', "import 'fairlead/testing/jest';\nimport { synthesize } from 'fairlead/testing';\nexpect(synthesize(() => {})).not.toHaveProblem(/x/);\nexpect(synthesize(() => {})).toRender('Deployment', 'web', { spec: {} });\n");
    project.write('tsconfig.jest.json', { compilerOptions: { strict: true, skipLibCheck: true, noEmit: true, target: 'es2022', module: 'node16', types: ['jest'] }, files: ['matchers.ts'] });
    expect(project.tsc('-p', 'tsconfig.jest.json')).toBe('');
  });

  test('can import it as an ES module', () => {
    project.write('app.mjs', "import { App, WebApp } from 'fairlead';\nimport { WebApp as Same } from 'fairlead/web-app';\nconsole.log(typeof App, WebApp === Same);\n");
    expect(project.run('app.mjs')).toBe('function true\n');
  });
});

describe('importing', () => {
  const loaded = (request: string) => JSON.parse(project.run('-p', `require('${request}'); JSON.stringify(Object.keys(require.cache))`)) as string[];
  const HEAVY = ['cdk8s-plus-28', 'ajv', 'zod', '@pulumi/pulumi', '@pulumi/policy'];
  const WITH_PULUMI = ['./pulumi/cluster', './pulumi/gke', './pulumi/eks', './pulumi', './pulumi/testing'];

  test.each(['fairlead', 'fairlead/web-app', 'fairlead/cron-task', 'fairlead/testing', 'fairlead/schema', 'fairlead/pulumi/policy'])('%s loads nothing heavy', (request) => {
    const heavy = loaded(request).filter((path) => HEAVY.some((name) => path.includes(join('node_modules', name, '/'))) || path.includes(join('schema', 'data', 'a')));
    expect(heavy).toEqual([]);
  });

  test('every entry point loads', () => {
    const { exports } = JSON.parse(project.run('-p', "JSON.stringify(require('fairlead/package.json'))")) as { exports: Record<string, { types: string; default: string } | string> };
    const entries = Object.entries(exports).filter(([path]) => !['./testing/jest', ...WITH_PULUMI].includes(path));
    for (const [path] of entries) expect(project.run('-p', `typeof require('fairlead${path.slice(1)}')`)).toBe('object\n');
    for (const entry of Object.values(exports)) if (typeof entry === 'object') expect(project.packed).toEqual(expect.arrayContaining([entry.types.slice(2), entry.default.slice(2)]));
  });

  test.each(WITH_PULUMI)('%s alone needs Pulumi, and says so', (path) => {
    expect(project.run('-p', `require('fairlead${path.slice(1)}')`)).toMatch(/Cannot find module '@pulumi\/(pulumi|gcp|aws)\b/);
  });

  test('the jest entry says what it needs', () => {
    expect(project.run('-e', "require('fairlead/testing/jest')")).toContain("fairlead/testing/jest: got no global 'expect'");
  });

  test('neither needs nor finds Pulumi', () => {
    expect(project.run('-p', "try { require.resolve('@pulumi/pulumi') } catch (error) { error.code }")).toBe('MODULE_NOT_FOUND\n');
    expect(loaded('fairlead').filter((path) => path.includes('pulumi'))).toEqual([]);
  });
});
