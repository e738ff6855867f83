import { didYouMean } from '../core/suggest';

const NAME = /^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$/;
const LONGEST = 100;

/** The word that every token carries, whatever was done to it. */
export const TOKEN_WORD = 'fairlead-output';

/**
 * Stands for a value that Pulumi knows only during `up`: the address of a database, the name of a bucket, a secret. Put
 * it wherever free text goes, alone or inside longer text, JSON, base64 or a URL; `ChartResources` puts the Output of the
 * same name in its place. A plain synth shows it as it is: `<fairlead-output "database.address">`. In names and content
 * hashes it counts as this text, so that synth, preview and `up` agree on them.
 *
 * Needs no Pulumi: charts that use tokens are synthesized without it.
 * @param name - the key in the `outputs` of `ChartResources`: letters, digits, `-`, `_` and `.`
 */
export function token(name: string): string {
  if (typeof name !== 'string' || !NAME.test(name) || name.length > LONGEST) {
    throw new Error(`token: name: got ${JSON.stringify(name) ?? 'nothing'}; at most ${LONGEST} letters, digits, "-", "_" and "." are allowed, a letter or digit first and last; give the Output itself to ChartResources: outputs: { 'database.address': … }`);
  }
  return `<${TOKEN_WORD} "${name}">`;
}

/** What to say of a token that no Output belongs to. */
export function unknownToken(name: string, known: readonly string[]): string {
  const meant = didYouMean(name, known);
  return `the token "${name}" has no Output; give ChartResources outputs: { '${name}': … }${meant}`;
}
