import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './markdown';

/** Words that start a command of the shell itself, or one that every machine has. */
const PLAIN = new Set(['cd', 'echo', 'set', 'sleep', 'ls', 'cat', 'cut', 'sort', 'grep', 'printf', 'mkdir', 'read', 'exit', 'test', '[', 'head', 'tail', 'awk', 'openssl', 'tee', 'true', 'false', 'export', 'unset', 'git', 'find']);
/** Grammar of the shell: what stands before a command and takes none of its place. */
const GRAMMAR = new Set(['do', 'then', 'else', 'if', 'elif', 'while', 'until', '!', 'done', 'fi', 'esac', '{', '}', ';;']);
const NPM = new Set(['ci', 'install', 'i', 'init', 'pack', 'test', 'run']);
const PULUMI = new Set(['config set', 'config get', 'config refresh', 'stack init', 'stack select', 'stack change-secrets-provider', 'up', 'preview', 'destroy', 'login', 'state unprotect']);
const KUBESEAL = new Set(['--format', '--cert', '--raw', '--namespace', '--name', '--from-file', '--scope']);

/** What kubectl takes in our docs: its commands with their flags. */
const COMMON = ['-n', '--namespace', '-o', '--output', '-l', '--selector', '-f', '--filename', '--context', '--kubeconfig', '-A', '--all-namespaces'];
const KUBECTL: Readonly<Record<string, readonly string[]>> = {
  apply: ['--server-side', '--field-manager', '--dry-run', '--force-conflicts', '--prune', '--validate'],
  annotate: ['--overwrite'],
  'create job': ['--from'],
  'create namespace': [],
  'create secret generic': ['--from-literal', '--from-file', '--dry-run'],
  delete: ['--ignore-not-found', '--wait', '--cascade'],
  describe: [],
  diff: ['--server-side', '--field-manager'],
  drain: ['--ignore-daemonsets', '--delete-emptydir-data'],
  events: ['--for', '--watch'],
  exec: ['-i', '-t', '-it', '--', '-c'],
  get: ['--no-headers', '--sort-by', '--ignore-not-found', '-w', '--watch', '--show-labels'],
  logs: ['--previous', '-c', '--tail', '--follow', '--all-containers'],
  'port-forward': [],
  'rollout history': ['--revision'],
  'rollout restart': [],
  'rollout status': ['--timeout', '--watch'],
  'rollout undo': ['--to-revision'],
  top: [],
  wait: ['--for', '--timeout', '--all'],
};

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** What is wrong with a script: its syntax, an unknown program, a script or command that does not exist. */
export function shellProblems(script: string): string[] {
  try {
    execFileSync('bash', ['-n'], { input: script, stdio: 'pipe' });
  } catch (error) {
    return [(error as { stderr: Buffer }).stderr.toString()];
  }
  return commandsOf(script).flatMap((command) => problemOf(command) ?? []);
}

/** The simple commands of a script, quoted text replaced by a word. */
export function commandsOf(script: string): string[][] {
  const plain = script
    .replace(/\\\n/g, ' ')
    .replace(/'[^']*'/g, 'TEXT')
    .replace(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) => (inner.includes('$(') ? inner : 'TEXT'))
    .replace(/(^|\s)#.*$/gm, '')
    .replace(/\$\{[^}]*\}/g, 'TEXT')
    .replace(/^\s*[\w.*/-]+(?:\s*\|\s*[\w.*/-]+)*\)(?=\s|$)/gm, '')
    .replace(/\d?>&?\s*\S+|<\s*\S+/g, ' ');
  const functions = new Set([...plain.matchAll(/^\s*(\w+)\(\)/gm)].map((match) => match[1]));
  return plain
    .split(/[\n;|&()`]+|\$\(/)
    .map((part) => part.trim().split(/\s+/).filter(Boolean))
    .map((words) => {
      const start = words.findIndex((word) => !GRAMMAR.has(word) && !/^\w+=/.test(word));
      return start < 0 ? [] : words.slice(start);
    })
    .filter((words) => words.length > 0 && !functions.has(words[0]) && !/^\$?$/.test(words[0]!));
}

function problemOf(words: readonly string[]): string | undefined {
  const [program = '', ...rest] = words;
  switch (program) {
    case 'for':
    case 'case':
      return undefined;
    case 'npm':
      return npmProblem(rest);
    case 'npx':
      return existsSync(join(ROOT, 'node_modules/.bin', rest[0] ?? '')) ? undefined : `npx ${rest[0]}: no such program among our dependencies`;
    case 'node':
      return existsSync(join(ROOT, rest[0] ?? '')) ? undefined : `node ${rest[0]}: no such file`;
    case 'kubectl':
      return kubectlProblem(rest);
    case 'pulumi':
      return PULUMI.has(rest.slice(0, 2).join(' ')) || PULUMI.has(rest[0] ?? '') ? undefined : `pulumi ${rest.join(' ')}: not a command that we know`;
    case 'kubeseal':
      return rest.filter((word) => word.startsWith('-')).every((word) => KUBESEAL.has(word.split('=')[0]!)) ? undefined : `kubeseal ${rest.join(' ')}: an unknown option`;
    default:
      return PLAIN.has(program) ? undefined : `${program}: not a program that we know`;
  }
}

function npmProblem([command = '', script = '']: readonly string[]): string | undefined {
  if (!NPM.has(command)) return `npm ${command}: not a command that we know`;
  return command === 'run' && !Object.hasOwn(scripts, script) ? `npm run ${script}: package.json has no such script` : undefined;
}

function kubectlProblem(words: readonly string[]): string | undefined {
  const command = Object.keys(KUBECTL).find((known) => known === words.slice(0, known.split(' ').length).join(' '));
  if (command === undefined) return `kubectl ${words.join(' ')}: not a command that we know`;
  const flags = words.slice(0, words.includes('--') ? words.indexOf('--') + 1 : undefined).filter((word) => /^-./.test(word)).map((word) => word.split('=')[0]!);
  const unknown = flags.find((flag) => !COMMON.includes(flag) && !KUBECTL[command]!.includes(flag));
  return unknown === undefined ? undefined : `kubectl ${command} ${unknown}: not a flag that we know`;
}

/** The lines of a script that can be run to see what they print: a synth or an explanation. */
export const runnableLines = (script: string): string =>
  script.split('\n').filter((line) => /^npm run (synth|explain)\b/.test(line)).join('\n');
