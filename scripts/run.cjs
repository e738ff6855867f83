/**
 * Runs a program written in TypeScript: `node scripts/run.cjs stacks/cdk8s.ts staging`. The program is bundled once and kept,
 * with the code that V8 made of it, until one of the files that it was made from changes. Types are not checked here.
 */
'use strict';
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const Module = require('node:module');

const ROOT = path.join(__dirname, '..');
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'fairlead');
/** Packages of many files, or large ones, each in a bundle of its own. The others are loaded where they are. */
const BUNDLED = ['cdk8s', 'js-yaml', 'zod'];
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/run.cjs'];

/** Loads a file of ours, or one of those packages, from its bundle; as everywhere in node, once. */
function load(entry) {
  const bundle = path.join(CACHE, `${entry.replaceAll(/[^\w-]+/g, '-')}.cjs`);
  const file = BUNDLED.includes(entry) ? require.resolve(entry) : bundle; // where other packages find it
  const module = (Module._cache[file] ??= new Module(file, null));
  if (module.loaded) return module.exports;
  module.loaded = true;
  execute(module, bundle, kept(bundle) ?? build(entry, bundle));
  return module.exports;
}

/** The kept bundle, if all that it was made from is as it was. Its first line says what that is. */
function kept(bundle) {
  if (!fs.existsSync(bundle)) return undefined;
  const text = fs.readFileSync(bundle, 'utf8');
  const { node, stamps } = JSON.parse(text.slice(2, text.indexOf('\n')));
  return node === process.version && Object.entries(stamps).every(([file, old]) => stamp(file) === old) ? text : undefined;
}

/** Any change of a file, and any file that comes or goes in a folder, changes its stamp: nothing can set back a ctime. */
function stamp(file) {
  const found = fs.statSync(path.join(ROOT, file), { throwIfNoEntry: false });
  return found && `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}

/** Bundles the program, and keeps it unless something changed meanwhile: nobody knows which state was read then. */
function build(entry, bundle) {
  const begun = Date.now();
  const { code, files } = esbuild(entry, bundle);
  const made = [...SETTINGS, ...files, ...new Set(files.map((file) => path.dirname(file)))];
  const stamps = Object.fromEntries(made.map((file) => [file, stamp(file)]));
  const text = `//${JSON.stringify({ node: process.version, stamps })}\n${code}`;
  if (made.every((file) => fs.statSync(path.join(ROOT, file)).ctimeMs < begun)) replace(bundle, text);
  return text;
}

/** The command takes less than half the time of its functions. */
function esbuild(entry, bundle) {
  const [out, meta] = ['out', 'meta'].map((name) => `${bundle}.${name}-${process.pid}`);
  const options = BUNDLED.includes(entry) ? ['--minify-whitespace', '--external:constructs'] : ['--packages=external', '--external:./lib/schema/data/*.js', '--external:./lib/schema/data/*.json'];
  const args = [BUNDLED.includes(entry) ? entry : `./${entry}`, '--bundle', '--platform=node', '--target=node20', ...options, `--outfile=${out}`, `--metafile=${meta}`, '--log-level=warning'];
  const { status, error } = spawnSync(path.join('node_modules', '.bin', 'esbuild'), args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) throw error;
  if (status !== 0) process.exit(1); // it has said what is wrong
  const result = { code: fs.readFileSync(out, 'utf8'), files: Object.keys(JSON.parse(fs.readFileSync(meta, 'utf8')).inputs) };
  for (const file of [out, meta]) fs.rmSync(file);
  return result;
}

/** A reader never sees half a file. */
function replace(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.${process.pid}`, content);
  fs.renameSync(`${file}.${process.pid}`, file);
}

/** Runs the bundle as node would, where it can with what V8 compiled the last time. */
function execute(module, bundle, text) {
  const outer = Module.createRequire(bundle);
  module.require = Object.assign((name) => (BUNDLED.includes(name) ? load(name) : outer(name)), outer);
  // Only code that Node itself compiles may import modules without a warning.
  if (/\bimport\(/.test(text)) module._compile(text, bundle);
  else compiled(bundle, text).call(module.exports, module.exports, module.require, module, bundle, path.dirname(module.id)); // beside the package's own files
}

function compiled(bundle, text) {
  const code = `${bundle}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.v8`;
  const cachedData = fs.existsSync(code) ? fs.readFileSync(code) : undefined;
  const script = new vm.Script(Module.wrap(text), { filename: bundle, cachedData });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keepCode(bundle, code, script));
  return script.runInThisContext();
}

/** Keeps what V8 compiled until the end, which is all that the program needs, and drops what it made of an older bundle. */
function keepCode(bundle, code, script) {
  const older = fs.readdirSync(CACHE).filter((file) => file.startsWith(`${path.basename(bundle)}.`) && file.endsWith('.v8'));
  for (const file of older) fs.rmSync(path.join(CACHE, file), { force: true });
  replace(code, script.createCachedData());
}

const [entry] = process.argv.splice(2, 1);
if (entry === undefined) throw new Error('name a program: node scripts/run.cjs stacks/cdk8s.ts');
load(entry);
