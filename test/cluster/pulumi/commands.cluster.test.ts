/** The commands of package.json as a person runs them, with the real engine on the real API server. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from '../../stacks/project';
import type { KubeObject } from '../harness/objects';
import { Deployer } from './deployer';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;
const NAMESPACE = 'boutique-commands';

describeOwn('npm run up, history and rollback', () => {
  let deployer: Deployer;
  const project = new Project();
  const file = join(project.directory, 'Pulumi.commands.yaml');

  beforeAll(async () => {
    deployer = await Deployer.connect();
    const text = readFileSync(join(project.directory, 'Pulumi.preview.yaml'), 'utf8').replaceAll('boutique-preview', NAMESPACE).replace('preview.boutique', 'commands.boutique');
    writeFileSync(file, text.replace(/^config:\n/, `config:\n  fairlead:protect: none\n${deployer.clusterConfig}`));
  });
  afterAll(async () => {
    project.remove();
    await deployer.close(NAMESPACE);
  });

  function run(command: string, ...args: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', command, '--', ...args], { cwd: project.directory, encoding: 'utf8', env: { ...process.env, ...deployer.engine.environment, CDK8S_OUTDIR: undefined } });
    return { status, output: stdout + stderr };
  }
  type Deployed = KubeObject & { spec: { template: { spec: { containers: { image: string }[] } } } };
  const image = async () => (await deployer.cluster.get<Deployed>('deployment', 'frontend', NAMESPACE))!.spec.template.spec.containers[0]!.image.split(':').at(-1);
  const lines = (output: string) => output.trim().split('\n').filter((line) => /succeeded|failed/.test(line)).map((line) => line.split(/ {2,}/).slice(1).join(' '));

  it('release with the policies, tell who released what, and go back', async () => {
    const first = run('up', 'commands', '--yes', '--cause', 'The first one', '--version', '1.0.0', '--by', 'ann');
    expect(first).toEqual({ status: 0, output: expect.stringContaining('boutique@v1.0.0') });
    expect(await image()).toBe('v0.10.6');

    writeFileSync(file, readFileSync(file, 'utf8').replace('tag: v0.10.6', 'tag: v0.10.7'));
    const second = run('up', 'commands', '--yes', '--cause', 'Faster checkout', '--version', '1.1.0', '--by', 'ben');
    expect(second).toEqual({ status: 0, output: expect.stringMatching(/Deployment\/boutique-commands\/frontend/) });
    expect(await image()).toBe('v0.10.7');

    const back = run('rollback', 'commands', '--yes', '--by', 'ann');
    expect(back).toEqual({ status: 0, output: expect.stringContaining('Going back to 1.0.0') });
    expect(await image()).toBe('v0.10.6');
    expect(lines(run('history', 'commands').output)).toEqual([
      expect.stringMatching(/^rollback succeeded 1\.0\.0 - ann Back to 1\.0\.0/),
      'release succeeded 1.1.0 - ben Faster checkout',
      'release succeeded 1.0.0 - ann The first one',
    ]);
    expect(run('rollback', 'commands', '--yes')).toEqual({ status: 1, output: expect.stringContaining('the only one that has completed') });
    expect(run('recover', 'commands')).toEqual({ status: 0, output: 'commands: nothing was interrupted.\n' });
  });

  it('refuse in the preview what breaks a policy', async () => {
    const before = await deployer.cluster.snapshot(NAMESPACE);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/policy: \w+\n/, '').replace('tag: v0.10.7', 'tag: latest\n    policy: any'));
    const { status, output } = run('up', 'commands', '--yes');
    expect({ status, output }).toEqual({ status: 1, output: expect.stringMatching(/\[mandatory\] +image-reference[^]*'latest' is not allowed/) });
    expect(await deployer.cluster.snapshot(NAMESPACE)).toEqual(before);
  });

  it('say what to do where nothing was deployed, or no cluster is named', () => {
    expect(run('history', 'staging')).toEqual({ status: 1, output: 'staging: nothing was deployed yet; deploy it first: npm run up -- staging\n' });
    expect(run('up', 'staging', '--yes')).toEqual({ status: 1, output: expect.stringContaining('Pulumi.staging.yaml: fairlead:cluster: got nothing; allowed: the cluster to deploy to') });
    expect(run('up', 'stagin', '--yes')).toEqual({ status: 1, output: expect.stringContaining('Pulumi.stagin.yaml') });
  });
});
