import * as ts from 'typescript';
import type { RegisteredResource } from '../../lib/pulumi/testing';

const OPTIONS: ts.CompilerOptions = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 };

/** Where the compiler looks for the packages from. The file is never written. */
const FILE = `${__dirname}/inputs.ts`;

/** `import('@pulumi/aws/eks').NodeGroupArgs` for `aws:eks/nodeGroup:NodeGroup`. */
function argsOf(type: string): string {
  const [cloud, path = '', name] = type.split(':');
  return `import('@pulumi/${cloud}/${path.split('/')[0]}').${name}Args`;
}

/** The packages' files: large, and the same each time. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Compiles the text of one file. */
function compile(text: string): { readonly source: ts.SourceFile; readonly diagnostics: readonly ts.Diagnostic[] } {
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    if (name === FILE) return ts.createSourceFile(name, text, version);
    if (!parsed.has(name)) parsed.set(name, read(name, version));
    return parsed.get(name);
  };
  const program = ts.createProgram([FILE], OPTIONS, host);
  const source = program.getSourceFile(FILE)!;
  return { source, diagnostics: [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] };
}

/** The keys that lead to a place in the text. */
function keysAt(node: ts.Node, position: number): string[] {
  return ts.forEachChild(node, (child) => {
    if (position < child.pos || position >= child.end) return undefined;
    const own = ts.isPropertyAssignment(child) && ts.isStringLiteral(child.name) ? [child.name.text] : [];
    return [...own, ...keysAt(child, position)];
  }) ?? [];
}

/**
 * What TypeScript says of recorded inputs, as if somebody had written them down as the arguments of the package's class: keys
 * that it does not have, at any depth, those that are missing, and values of another type.
 */
export function typeMistakes(resources: readonly Pick<RegisteredResource, 'type' | 'name' | 'inputs'>[]): string[] {
  const { source, diagnostics } = compile(resources.map(({ type, inputs }, index) => `export const _${index}: ${argsOf(type)} = ${JSON.stringify(inputs)};\n`).join(''));
  return diagnostics.map(({ start, messageText }) => {
    const { name } = resources[source.getLineAndCharacterOfPosition(start!).line]!;
    return `${name}: ${[...keysAt(source, start!), ''].join('.').replace(/\.$/, ': ')}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
