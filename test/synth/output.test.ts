import fs, { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { App, replaceDirectory } from '../../lib';

let parent: string;
let out: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'fairlead-output-'));
  out = join(parent, 'dist');
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(parent, { recursive: true, force: true });
});

const files = (...entries: [string, string][]) => new Map(entries);

/** Everything below a directory: content of files by path. */
function read(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  return Object.fromEntries(entries.filter((entry) => entry.isFile()).map((entry) => [join(entry.parentPath, entry.name).slice(directory.length + 1), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
}

describe('writes', () => {
  test('into a parent that is not there yet, with directories below', () => {
    replaceDirectory(join(parent, 'a', 'b'), files(['x.yaml', 'x: 1\n'], ['sub/dir/y.yaml', 'y: 1\n']));
    expect(read(parent)).toEqual({ 'a/b/x.yaml': 'x: 1\n', 'a/b/sub/dir/y.yaml': 'y: 1\n' });
  });

  test('what is new in place of what is old, and nothing beside it', () => {
    replaceDirectory(out, files(['old.yaml', '1'], ['both.yaml', '1']));
    replaceDirectory(out, files(['new.yaml', '2'], ['both.yaml', '2']));
    expect(read(parent)).toEqual({ 'dist/new.yaml': '2', 'dist/both.yaml': '2' });
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test('into an empty directory, and an empty directory', () => {
    mkdirSync(out);
    replaceDirectory(out, files(['a.yaml', '1']));
    replaceDirectory(out, files());
    expect(readdirSync(out)).toEqual([]);
  });

  test('nothing when nothing changed', () => {
    replaceDirectory(out, files(['a.yaml', '1'], ['sub/b.yaml', '2']));
    const before = statSync(join(out, 'a.yaml'));
    replaceDirectory(out, files(['sub/b.yaml', '2'], ['a.yaml', '1']));
    expect(statSync(join(out, 'a.yaml'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test('through a symbolic link, which stays one', () => {
    const real = join(parent, 'real');
    mkdirSync(real);
    symlinkSync('real', out);
    replaceDirectory(out, files(['a.yaml', '1']));
    expect(lstatSync(out).isSymbolicLink()).toBe(true);
    expect(read(real)).toEqual({ 'a.yaml': '1' });
  });

  test('where a symbolic link leads, though nothing is there yet', () => {
    symlinkSync('later', out);
    replaceDirectory(out, files(['a.yaml', '1']));
    expect(read(join(parent, 'later'))).toEqual({ 'a.yaml': '1' });
    expect(lstatSync(out).isSymbolicLink()).toBe(true);
  });

  test('keeping the mode of the directory', () => {
    mkdirSync(out);
    fs.chmodSync(out, 0o750);
    replaceDirectory(out, files(['a.yaml', '1']));
    expect(statSync(out).mode & 0o777).toBe(0o750);
  });
});

describe('loses nothing', () => {
  const old = files(['old.yaml', 'old'], ['sub/old.yaml', 'old']);
  const failure = (code: string) => Object.assign(new Error(`${code}: no`), { code });

  const failures: Readonly<Record<string, () => void>> = {
    'the disk is full at the second file': () => {
      const write = fs.writeFileSync;
      let count = 0;
      jest.spyOn(fs, 'writeFileSync').mockImplementation((...args) => {
        if (++count === 2) throw failure('ENOSPC');
        write(...args);
      });
    },
    'the parent can\'t be written': () => {
      jest.spyOn(fs, 'mkdtempSync').mockImplementation(() => {
        throw failure('EACCES');
      });
    },
    'the new directory can\'t take its place': () => {
      const rename = fs.renameSync;
      jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        if (String(from).endsWith('next')) throw failure('EIO');
        rename(from, to);
      });
    },
    'the old directory can\'t be moved': () => {
      jest.spyOn(fs, 'renameSync').mockImplementation(() => {
        throw failure('EBUSY');
      });
    },
  };

  test.each(Object.entries(failures))('when %s', (_, fail) => {
    replaceDirectory(out, old);
    fail();
    expect(() => replaceDirectory(out, files(['a.yaml', '1'], ['b.yaml', '2']))).toThrow(/ENOSPC|EACCES|EIO|EBUSY/);
    jest.restoreAllMocks();
    expect(read(parent)).toEqual({ 'dist/old.yaml': 'old', 'dist/sub/old.yaml': 'old' });
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test('when a name is too long for the disk', () => {
    replaceDirectory(out, old);
    expect(() => replaceDirectory(out, files(['a.yaml', '1'], [`${'x'.repeat(300)}.yaml`, '2']))).toThrow(/ENAMETOOLONG/);
    expect(read(parent)).toEqual({ 'dist/old.yaml': 'old', 'dist/sub/old.yaml': 'old' });
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test('when an app is wrong', () => {
    replaceDirectory(out, old);
    const app = new App({ outdir: out });
    new ApiObject(new Chart(app, 'chart'), 'x', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 1 } });
    expect(() => app.synth()).toThrow(/\[chart\/x\] ConfigMap data\.a: /);
    expect(read(out)).toEqual(Object.fromEntries(old));
  });

  test.each([
    ['holds a file that is no manifest', () => writeFileSync(join(out, 'notes.txt'), 'mine'), /outdir: got ".*dist", which holds 'notes\.txt'; everything there would be replaced; choose a directory that holds nothing else/],
    ['holds a hidden one further down', () => { mkdirSync(join(out, '.git')); writeFileSync(join(out, '.git', 'HEAD'), 'mine'); }, /which holds '\.git\/HEAD'/],
  ])('when the directory %s', (_, put, message) => {
    mkdirSync(out);
    put();
    const before = read(out);
    expect(() => replaceDirectory(out, files(['a.yaml', '1']))).toThrow(message);
    expect(read(out)).toEqual(before);
  });

  test('when a file is in the way, or in the way of the parent', () => {
    writeFileSync(out, 'mine');
    expect(() => replaceDirectory(out, files(['a.yaml', '1']))).toThrow(/outdir: got ".*dist", which is a file; choose a directory/);
    expect(() => replaceDirectory(join(out, 'below'), files(['a.yaml', '1']))).toThrow(/ENOTDIR|EEXIST/);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(readdirSync(parent)).toEqual(['dist']);
  });

  test.each(['.', dirname(process.cwd()), '/'])('when it is told to replace %s, where the program runs', (directory) => {
    expect(() => replaceDirectory(directory, files(['a.yaml', '1']))).toThrow(/which the program runs in/);
  });

  test.each(['../x.yaml', '/etc/x.yaml', 'a/../../x.yaml', ''])('when a file would stand outside: %s', (path) => {
    expect(() => replaceDirectory(out, files([path, '1']))).toThrow(/output: got the path .*; a path below the directory is allowed/);
    expect(existsSync(out)).toBe(false);
  });
});

describe('what a killed run left beside the directory', () => {
  const litter = (name: string, age: number) => {
    mkdirSync(join(parent, name, 'next'), { recursive: true });
    writeFileSync(join(parent, name, 'next', 'a.yaml'), 'x');
    const time = statSync(parent).mtimeMs / 1000 - age;
    utimesSync(join(parent, name), time, time);
  };

  test('is removed later, and what another run has just made is not', () => {
    litter('.dist.synth-old', 3_600);
    litter('.dist.synth-new', 1);
    litter('.dist2.synth-old', 3_600);
    replaceDirectory(out, files(['a.yaml', '1']));
    expect(readdirSync(parent).sort()).toEqual(['.dist.synth-new', '.dist2.synth-old', 'dist']);
  });
});

test('runs at the same time leave the whole of one of them', async () => {
  const script = `
    const { replaceDirectory } = require(${JSON.stringify(resolve('lib/synth/output.ts'))});
    const [out, who] = process.argv.slice(-2);
    for (let round = 0; round < 25; round++) replaceDirectory(out, new Map(Array.from({ length: 10 }, (_, index) => ['f' + index + '.yaml', who + ' ' + round])));`;
  const run = (who: string) => new Promise<{ code: number | null; errors: string }>((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script, out, who], { cwd: process.cwd() });
    let errors = '';
    child.stderr.on('data', (data) => (errors += data));
    child.on('close', (code) => done({ code, errors }));
  });
  const results = await Promise.all(['a', 'b', 'c'].map(run));
  expect(results).toEqual(results.map(() => ({ code: 0, errors: '' })));
  expect(new Set(Object.values(read(out))).size).toBe(1);
  expect(Object.keys(read(out))).toHaveLength(10);
  expect(readdirSync(parent)).toEqual(['dist']);
}, 30_000);
