import { dump, DUMP_SCHEMA } from 'js-yaml';
import type { JsonObject } from '../core/json';

/**
 * Text that YAML 1.1 parsers (kubectl's among them) or YAML 1.2 parsers would take for something else; js-yaml quotes what
 * its schema knows, this adds base-60 numbers, dates and the merge and value keys.
 */
const OPTIONS = { schema: DUMP_SCHEMA, noRefs: true, lineWidth: -1 } as const;

/** Objects as a stream of YAML documents. */
export function toYaml(objects: readonly JsonObject[]): string {
  return objects.map((object) => dump(object, OPTIONS)).join('---\n');
}
