/**
 * A pattern of Go's RE2 as JavaScript understands it: `(?i)` is not known there, so that the letters which
 * follow it are spelled in both cases. Undefined when JavaScript has no equal; the API server still checks it.
 */
export function portablePattern(pattern: string): string | undefined {
  const portable = spellCases(pattern);
  try {
    new RegExp(portable);
    return portable;
  } catch {
    return undefined;
  }
}

const IGNORE_CASE = '(?i)';

function spellCases(pattern: string): string {
  const [before = '', ...rest] = pattern.split(IGNORE_CASE);
  return before + rest.map(bothCases).join('');
}

/** Escapes and classes stay as they are. */
function bothCases(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]])*\]|[a-z]/gi, (part) =>
    part.length === 1 ? `[${part.toLowerCase()}${part.toUpperCase()}]` : part,
  );
}
