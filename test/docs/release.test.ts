import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOf } from './markdown';

const script = blocksOf('README.md').find(({ language, text }) => language === 'sh' && text.startsWith('release()'))!.text;

/** Stands for kubectl: notes each command with the names of the objects on its input, lists them, and fails where told. */
const KUBECTL = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
const input = args.at(-1) === '-' ? readFileSync(0, 'utf8') : '';
const objects = input.split(/^---$/m).map((text) => ['kind', 'namespace', 'name'].map((key) => new RegExp('^ *' + key + ': (.+)$', 'm').exec(text)?.[1])).filter(([kind]) => kind);
const line = [...args.slice(0, 2), ...objects.map(([kind, , name]) => kind + '/' + name)].filter((word) => !word.startsWith('-')).join(' ');
if (args[0] === 'get') for (const [kind, namespace = '<none>', name] of objects) console.log(kind + '   ' + namespace + '   ' + name);
else appendFileSync(process.env.NOTES, line + (args.includes('--for=condition=Complete') ? ' complete' : '') + '\\n');
if (process.env.FAILS && line.includes(process.env.FAILS) && args[0] !== 'apply') process.exit(1);
`;

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n`;

const FILES = {
  '0-shop.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
  '1-postgres.yaml': `${object('Service', 'postgres')}---\n${object('StatefulSet', 'postgres')}`,
  '1-web.yaml': object('Deployment', 'web'),
  '2-migrate.yaml': object('Job', 'migrate-0a1b2c3d4e'),
  '10-api.yaml': object('Deployment', 'api'),
};

/** Runs the README's function on a small release; gives its exit code and what it asked of kubectl. */
function release(shell: string, fails = ''): { status: number | null; asked: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-release-'));
  try {
    for (const [name, content] of Object.entries(FILES)) {
      mkdirSync(join(folder, 'dist/production'), { recursive: true });
      writeFileSync(join(folder, 'dist/production', name), content);
    }
    writeFileSync(join(folder, 'kubectl'), KUBECTL);
    chmodSync(join(folder, 'kubectl'), 0o755);
    const notes = join(folder, 'notes');
    const { status } = spawnSync(shell, ['-c', script], { cwd: folder, env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, NOTES: notes, FAILS: fails }, stdio: ['ignore', 'ignore', 'inherit'] });
    return { status, asked: existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const UNTIL_MIGRATION = [
  'apply Namespace/shop',
  'apply Service/postgres StatefulSet/postgres Deployment/web',
  'rollout status',
  'rollout status',
  'apply Job/migrate-0a1b2c3d4e',
  'wait job/migrate-0a1b2c3d4e',
];

describe("the README's release", () => {
  it.each(['bash', 'sh'])('applies wave by wave and waits for each, in %s', (shell) => {
    const { status, asked } = release(shell);
    expect(asked).toEqual([...UNTIL_MIGRATION, 'wait job/migrate-0a1b2c3d4e complete', 'apply Deployment/api', 'rollout status']);
    expect(status).toBe(0);
  });

  it.each(['bash', 'sh'])('stops at a task that fails, in %s', (shell) => {
    const { status, asked } = release(shell, 'wait job/migrate');
    expect(asked).toEqual(UNTIL_MIGRATION);
    expect(status).not.toBe(0);
  });

  it('stops at a rollout that fails', () => {
    const { status, asked } = release('bash', 'rollout status');
    expect(asked).toEqual(UNTIL_MIGRATION.slice(0, 3));
    expect(status).not.toBe(0);
  });
});
