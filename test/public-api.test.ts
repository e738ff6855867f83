import { resolve } from 'node:path';
import ts from 'typescript';

const LIB = resolve(__dirname, '../lib');
const ENTRIES = ['index.ts', 'testing/index.ts', 'environment/index.ts', 'schema/index.ts', 'monitoring/index.ts', 'pulumi/index.ts', 'pulumi/cluster/index.ts', 'pulumi/gke/index.ts', 'pulumi/eks/index.ts', 'pulumi/testing/index.ts', 'pulumi/policy/index.ts'].map((path) => resolve(LIB, path));

const program = ts.createProgram(ENTRIES, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, strict: true, skipLibCheck: true, types: ['node'], noEmit: true });
const checker = program.getTypeChecker();

/** What an entry point exports, and where it is declared in the library. */
const exported = new Map(
  ENTRIES.flatMap((entry) => checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return [target.name, target] as const;
  }),
);

const isDocumented = (symbol: ts.Symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== '';
const isInternal = (symbol: ts.Symbol) => symbol.getJsDocTags(checker).some(({ name }) => name === 'internal');
const declarationOf = (symbol: ts.Symbol) => symbol.declarations?.find((declaration) => declaration.getSourceFile().fileName.startsWith(LIB));
const modifiersOf = (symbol: ts.Symbol) => ts.getCombinedModifierFlags(declarationOf(symbol)!);

interface Member {
  readonly path: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
}

/** Public members of the exported interfaces and classes, as far as they are declared here. */
const members: Member[] = [...exported.values()].flatMap((owner) => {
  if (!(owner.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class))) return [];
  const statics = owner.flags & ts.SymbolFlags.Class ? checker.getPropertiesOfType(checker.getTypeOfSymbol(owner)) : [];
  return [...checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(owner)), ...statics].flatMap((symbol) => {
    const declaration = declarationOf(symbol);
    const hidden = !declaration || isInternal(symbol) || modifiersOf(symbol) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
    return hidden ? [] : [{ path: `${owner.name}.${symbol.name}`, symbol, declaration }];
  });
});

const isProperty = ({ declaration }: Member) => ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration);
const isOption = ({ declaration }: Member) => ts.isPropertySignature(declaration);
const paths = (found: readonly Member[]) => found.map(({ path }) => path).sort();

test('the public API is what is meant to be public', () => {
  expect(exported.size).toBeGreaterThan(60);
  for (const name of ['App', 'WebApp', 'Worker', 'CronTask', 'ReleaseTask', 'StatefulService', 'PlatformNamespace', 'synthesize', 'loadEnvironment', 'SchemaValidator', 'policies']) expect([...exported.keys()]).toContain(name);
});

test('every export is documented', () => {
  expect([...exported.values()].filter((symbol) => !isDocumented(symbol)).map(({ name }) => name)).toEqual([]);
});

test('every property of an interface is documented', () => {
  expect(paths(members.filter((member) => isOption(member) && !isDocumented(member.symbol)))).toEqual([]);
});

test('every method is documented', () => {
  expect(paths(members.filter((member) => !isProperty(member) && !isDocumented(member.symbol)))).toEqual([]);
});

test('every property is readonly', () => {
  const writable = ({ declaration }: Member) => !(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly);
  expect(paths(members.filter((member) => isProperty(member) && writable(member)))).toEqual([]);
});

test('every optional property of an interface says what holds without it', () => {
  const says = (symbol: ts.Symbol) => symbol.getJsDocTags(checker).some(({ name, text }) => name === 'default' && ts.displayPartsToString(text).trim() !== '');
  expect(paths(members.filter((member) => isOption(member) && member.symbol.flags & ts.SymbolFlags.Optional && !says(member.symbol)))).toEqual([]);
});
