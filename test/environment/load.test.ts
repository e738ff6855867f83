import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { environments, loadEnvironment, section } from '../../lib/environment';
import { errorOf, example } from './example';

const fixtures = join(__dirname, 'fixtures');
const schema = section({ tier: z.string() });

describe('a folder of environments', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'environment-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  }

  test('has one environment for each file, sorted', () => {
    write({ 'Pulumi.yaml': '', 'Pulumi.staging.yaml': '', 'Pulumi.dev.yaml': '', 'Pulumi.eu-1.prod.yaml': '' });
    write({ 'Pulumi.dev.deploy.yaml': '', 'Pulumi.yml': '', 'Pulumi..yaml': '', 'xPulumi.a.yaml': '', 'Pulumi.b.yaml.orig': '', 'Pulumi.c.json': '' });
    expect(environments(folder)).toEqual(['dev', 'eu-1.prod', 'staging']);
  });

  test('does not count what Pulumi keeps about single preview environments', () => {
    write({ 'Pulumi.yaml': 'name: fairlead', 'Pulumi.preview.yaml': 'config: {tier: a}', 'Pulumi.preview-pr-42.yaml': 'encryptionsalt: v1:x', 'Pulumi.previews.yaml': '' });
    expect(environments(folder)).toEqual(['preview', 'previews']);
    expect(errorOf(() => loadEnvironment(folder, 'preview-pr-42', schema)).message).toBe('Pulumi.preview-pr-42.yaml: got no such file; allowed: preview, previews');
  });

  test('gains an environment by gaining a file', () => {
    write({ 'Pulumi.yaml': 'name: fairlead', 'Pulumi.dev.yaml': 'config: {tier: a}' });
    write({ 'Pulumi.prod.yaml': 'config: {tier: b}' });
    expect(environments(folder).map((name) => loadEnvironment(folder, name, schema))).toEqual([
      { name: 'dev', file: 'Pulumi.dev.yaml', config: { tier: 'a' }, secrets: [] },
      { name: 'prod', file: 'Pulumi.prod.yaml', config: { tier: 'b' }, secrets: [] },
    ]);
  });

  test.each(['prod', '../dev', 'Dev', 'dev/', ''])('names the environments that exist when asked for "%s"', (name) => {
    write({ 'Pulumi.yaml': 'name: fairlead', 'Pulumi.dev.yaml': '', 'Pulumi.staging.yaml': '' });
    expect(errorOf(() => loadEnvironment(folder, name, schema)).message).toBe(`Pulumi.${name}.yaml: got no such file; allowed: dev, staging`);
  });

  test('says so when it has none yet', () => {
    write({ 'Pulumi.yaml': 'name: fairlead' });
    expect(errorOf(() => loadEnvironment(folder, 'dev', schema)).message).toBe('Pulumi.dev.yaml: got no such file; allowed: an environment, but none exists yet: add its file');
  });

  test('says so when it does not exist', () => {
    const missing = join(folder, 'missing');
    expect(errorOf(() => environments(missing)).message).toBe(`Pulumi.yaml: got no folder ${JSON.stringify(missing)}; allowed: the folder that holds it`);
  });

  test('needs the project file', () => {
    write({ 'Pulumi.dev.yaml': '' });
    expect(errorOf(() => loadEnvironment(folder, 'dev', schema)).message).toBe('Pulumi.yaml: got no such file; allowed: the file with the name of the project');
  });

  test('takes no folder for a file', () => {
    write({ 'Pulumi.yaml': 'name: fairlead' });
    mkdirSync(join(folder, 'Pulumi.dev.yaml'));
    expect(environments(folder)).toEqual([]);
  });

  test.each([
    ['runtime: nodejs', 'name: got nothing; allowed: the name of the project'],
    ['name: 12', 'name: got 12; allowed: the name of the project'],
    ['- name', 'got a list of 1; allowed: a section of keys and values'],
    ['name: fairlead\nstackConfigDir: stacks', 'stackConfigDir: got "stacks"; allowed: nothing: the files of the environments lie next to Pulumi.yaml'],
    ['name: fairlead\nconfig: stacks', 'config: got "stacks"; allowed: nothing: the files of the environments lie next to Pulumi.yaml'],
    ['name: fairlead\nconfig:\n  tier: standard', 'fairlead:tier: got a value for every environment; allowed: a default in the schema, or a value in the file of each environment'],
    ['name: fairlead\nconfig:\n  fairlead:tier:\n    default: standard', 'fairlead:tier: got a value for every environment; allowed: a default in the schema, or a value in the file of each environment'],
  ])('refuses the project file %j', (text, message) => {
    write({ 'Pulumi.yaml': text, 'Pulumi.dev.yaml': 'config: {tier: a}' });
    expect(errorOf(() => loadEnvironment(folder, 'dev', schema)).message).toBe(`Pulumi.yaml: ${message}`);
  });

  test('accepts declarations and other namespaces in the project file', () => {
    write({ 'Pulumi.yaml': 'name: fairlead\nruntime: nodejs\nconfig:\n  tier: {type: string}\n  gcp:project: shared\n  pulumi:tags: {value: {a: b}}', 'Pulumi.dev.yaml': 'config: {tier: a}' });
    expect(loadEnvironment(folder, 'dev', schema).config).toEqual({ tier: 'a' });
  });
});

test('the fixture loads', () => {
  const { config, secrets, ...rest } = loadEnvironment(fixtures, 'staging', example);
  expect(rest).toEqual({ name: 'staging', file: 'Pulumi.staging.yaml' });
  expect(secrets.map(({ path, keys }) => ({ path, keys }))).toEqual([{ path: 'fairlead:frontend.database', keys: ['frontend', 'database'] }]);
  expect(config.frontend.database).toBe(secrets[0]);
  expect({ ...config, frontend: { ...config.frontend, database: undefined } }).toEqual({
    cluster: { version: '1.30', nodes: { min: 1, max: 5 }, spot: true },
    replicas: 3,
    sampling: 0.5,
    debug: false,
    tier: 'standard',
    frontend: { image: 'registry.example/frontend:1.4', hosts: ['www.staging.example', 'staging.example'], variables: { ANSWER: 'yes', LEVEL: 'info', ZONE: '08' } },
    worker: { image: 'registry.example/worker:2', hosts: [], variables: { ANSWER: 'yes', LEVEL: 'debug', SCRIPT: 'set -eu\nexec worker\n', ZONE: '08' } },
  });
});
