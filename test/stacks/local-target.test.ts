import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTools } from '../../stacks/commands/local-engine';
import { chooseTarget, describeTarget, forgetLocal, readTarget, rememberTarget } from '../../stacks/commands/local-target';
import { kubeconfig } from '../pulumi/kubeconfig';
import { ROOT } from './rendered';

const VARIABLES = ['FAIRLEAD_CACHE', 'FAIRLEAD_LOCAL_CONTEXT', 'FAIRLEAD_LOCAL_KUBECONFIG', 'KUBECONFIG', 'PATH'];
const before = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fairlead-local-'));
  for (const name of ['FAIRLEAD_LOCAL_CONTEXT', 'FAIRLEAD_LOCAL_KUBECONFIG']) delete process.env[name];
  process.env.FAIRLEAD_CACHE = join(directory, 'cache');
  process.env.KUBECONFIG = join(directory, 'exported');
  writeFileSync(join(directory, 'exported'), kubeconfig({ production: 'https://34.65.1.2' }, { 'current-context': 'production' }));
  writeFileSync(join(directory, 'kind'), kubeconfig({ 'kind-a': 'https://127.0.0.1:1', 'kind-b': 'https://127.0.0.1:2' }, { 'current-context': 'kind-b' }));
  for (const file of ['Pulumi.yaml', 'Pulumi.local.yaml']) writeFileSync(join(directory, file), readFileSync(join(ROOT, file), 'utf8'));
});
afterEach(() => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(directory, { recursive: true });
});

const own = { own: true };
const named = (context: string) => ({ own: false, context, kubeconfig: join(directory, 'kind') });

describe('the cluster of local', () => {
  it('is its own control plane, whatever kubeconfig is exported', () => {
    expect(chooseTarget(directory, {})).toEqual(own);
    expect(describeTarget({ own: true })).toBe('its own control plane');
  });

  it('is the one of the command line; a kubeconfig alone means its current context', () => {
    expect(chooseTarget(directory, { context: 'kind-a', kubeconfig: 'kind' })).toEqual(named('kind-a'));
    expect(chooseTarget(directory, { kubeconfig: 'kind' })).toEqual(named('kind-b'));
  });

  it('is the one of our variables, after the command line', () => {
    process.env.FAIRLEAD_LOCAL_KUBECONFIG = join(directory, 'kind');
    expect(chooseTarget(directory, {})).toEqual(named('kind-b'));
    process.env.FAIRLEAD_LOCAL_CONTEXT = 'kind-a';
    expect(chooseTarget(directory, {})).toEqual(named('kind-a'));
    expect(chooseTarget(directory, { context: 'kind-b', kubeconfig: 'kind' })).toEqual(named('kind-b'));
  });

  it('is the one of the environment, where nothing else names one', () => {
    const file = join(directory, 'Pulumi.local.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^config:\n/, 'config:\n  fairlead:cluster: { context: kind-a, kubeconfig: kind }\n'));
    expect(chooseTarget(directory, {})).toEqual(named('kind-a'));
  });

  it('stays the one where it runs, until it is taken down', () => {
    rememberTarget({ own: false, context: 'kind-a', kubeconfig: join(directory, 'kind') });
    expect(chooseTarget(directory, {})).toEqual(named('kind-a'));
    expect(chooseTarget(directory, { kubeconfig: 'kind', context: 'kind-a' })).toEqual(named('kind-a'));
    expect(() => chooseTarget(directory, { kubeconfig: 'kind', context: 'kind-b' })).toThrow('local runs on the context kind-a already; take it down first: npm run local -- down');
    forgetLocal();
    expect(readTarget()).toBeUndefined();
    expect(chooseTarget(directory, { kubeconfig: 'kind', context: 'kind-b' })).toEqual(named('kind-b'));
  });

  it('is refused where it is not on this machine, with the name of what named it', () => {
    const elsewhere = 'got "production", whose server is 34.65.1.2; allowed: a server on this machine (loopback), of kind or of minikube';
    expect(() => chooseTarget(directory, { context: 'production' })).toThrow(`--context: ${elsewhere}`);
    expect(() => chooseTarget(directory, { kubeconfig: 'exported' })).toThrow(`--context: ${elsewhere}`);
    expect(() => chooseTarget(directory, { kubeconfig: 'missing' })).toThrow('--kubeconfig: got');
    process.env.FAIRLEAD_LOCAL_CONTEXT = 'production';
    expect(() => chooseTarget(directory, {})).toThrow(`FAIRLEAD_LOCAL_CONTEXT: ${elsewhere}`);
    process.env.FAIRLEAD_LOCAL_CONTEXT = 'kind-z';
    process.env.FAIRLEAD_LOCAL_KUBECONFIG = join(directory, 'kind');
    expect(() => chooseTarget(directory, {})).toThrow('FAIRLEAD_LOCAL_CONTEXT: got "kind-z"; allowed: a context of the kubeconfig: kind-a, kind-b');
  });
});

describe('a machine without Go', () => {
  const withPrograms = (...programs: string[]) => {
    for (const program of programs) writeFileSync(join(directory, program), '');
    process.env.PATH = directory;
  };

  it('is told what to install, for a cluster and Pulumi or for one of them', () => {
    withPrograms();
    expect(() => checkTools({ own: true })).toThrow(/got neither a cluster, nor Pulumi, nor Go to build stand-ins[^]*install Go[^]*install Pulumi [^]*--context kind-kind/);
    expect(() => checkTools({ own: false, context: 'kind-a' })).toThrow(/got neither Pulumi, nor Go[^]*install Pulumi/);
    withPrograms('pulumi');
    expect(() => checkTools({ own: true })).toThrow(/got neither a cluster, nor Go[^]*start a cluster on this machine/);
  });

  it('needs none where both are there', () => {
    withPrograms('pulumi');
    expect(() => checkTools({ own: false, context: 'kind-a' })).not.toThrow();
    withPrograms('go');
    expect(() => checkTools({ own: true })).not.toThrow();
  });
});
