import { codeOf, DEFINITION_IDS } from './chunk';

/** Tells whether a value is good, and nothing more. */
export type Check = (data: unknown) => boolean;

const tables = new Map<number, readonly Check[]>();

/**
 * The checks of all definitions in a version, by id.
 *
 * They are code that Ajv wrote when the data was generated: compiling a Deployment's schema with Ajv takes longer
 * than the rest of a synth. Each check is a stub at first, which loads its chunk and makes the check when it is
 * called; so only what a manifest touches is loaded and compiled.
 */
export function checksOf(version: number): readonly Check[] {
  const known = tables.get(version);
  if (known) {
    return known;
  }
  const table: Check[] = [];
  for (let id = 0; id < DEFINITION_IDS; id++) {
    table.push((data) => (table[id] = codeOf<(table: readonly Check[]) => Check>(id, version)(table))(data));
  }
  tables.set(version, table);
  return table;
}
