import tseslint from 'typescript-eslint';
import { importX } from 'eslint-plugin-import-x';
import tsdoc from 'eslint-plugin-tsdoc';

/** Files of lib/ that may touch the disk; constructs never do. */
const DISK = ['lib/environment/load.ts', 'lib/environment/project-file.ts', 'lib/synth/output.ts'];

const clockAndEnvironment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'lib/ never reads the environment: take it as a prop (docs/decisions/0002-pure-constructs.md)' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'lib/ never reads the clock: same input, same bytes (docs/decisions/0002-pure-constructs.md)' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'lib/ never reads the clock: same input, same bytes (docs/decisions/0002-pure-constructs.md)' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'lib/ never rolls dice: same input, same bytes (docs/decisions/0002-pure-constructs.md)' },
];

/** Files that load a module at first use, or after another. */
const LAZY = ['lib/schema/explain.ts', 'stacks/boutique/app.ts', 'stacks/cluster/settings.ts', 'stacks/policy/index.js', 'stacks/commands/local-doubles.ts', 'stacks/pulumi/cluster.ts', 'test/schema/loading.test.ts', 'test/pulumi/cluster/loading.test.ts'];

export default tseslint.config(
  { ignores: ['**/node_modules/', 'build/', 'dist/', '.synth/', 'coverage/', 'docs/api/', 'lib/schema/data/', 'test/consumer/project/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { 'import-x': importX, tsdoc },
    rules: {
      'tsdoc/syntax': 'error',
      'import-x/no-cycle': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports', prefer: 'type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
    settings: { 'import-x/resolver-next': [], 'import-x/extensions': ['.ts'] },
  },
  {
    files: ['lib/**/*.ts', 'stacks/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [
        { regex: '(^|/)stacks(/|$)', message: 'one direction: stacks import lib (docs/decisions/0001-layout.md)' },
        { regex: '^@pulumi/', message: 'only lib/pulumi imports Pulumi, so that everyone else can do without it (docs/decisions/0001-layout.md)' },
        { regex: '^cdk8s-plus-28', allowTypeImports: true, message: 'types only: loading it costs every synth 28 ms (docs/decisions/0005-plain-objects.md)' },
      ] }],
      'no-restricted-syntax': ['error', ...clockAndEnvironment],
    },
  },
  {
    files: ['lib/pulumi/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [
        { regex: '(^|/)stacks(/|$)', message: 'one direction: stacks import lib (docs/decisions/0001-layout.md)' },
        { regex: '^@pulumi/kubernetes', message: 'a generic resource with the right type needs none of it, and it is large' },
        { regex: '^cdk8s-plus-28', allowTypeImports: true, message: 'types only: loading it costs every synth 28 ms (docs/decisions/0005-plain-objects.md)' },
      ] }],
    },
  },
  {
    files: ['lib/**/*.ts'],
    ignores: [...DISK],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: ['fs', 'node:fs', 'node:fs/promises'].map((name) => ({ name, message: 'constructs never read the disk (docs/decisions/0002-pure-constructs.md)' })) }] },
  },
  { files: [...LAZY, 'scripts/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
