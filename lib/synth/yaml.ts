import { DEFAULT_SCALAR_STYLE_RULES, DUMP_SCHEMA, jsToAst, present, SCALAR_STYLE, type PresenterOptions, type ScalarLayout, type ScalarStyle } from 'js-yaml';
import type { JsonObject } from '../core/json';
import { show } from '../core/problems';

/** Most texts are one line of these; the checks after it are not needed then. */
const PLAIN_LINE = /^[\x20-\x7e]*$/;
/** Characters that some reader takes for a line break, drops or refuses, and halves of surrogate pairs. */
const UNPRINTABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/u;
const SURROGATE = /\p{Surrogate}/u;
/** What cannot be seen in a line. */
const INVISIBLE = /[\t\xa0]/;
/** Numbers in any notation, dates and document marks: what js-yaml's schema lets pass and some reader does not. */
const AMBIGUOUS = /^(?:[-+]?[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|[-+]?0[xob][\da-f_]*|\d{4}-\d{1,2}-\d{1,2}.*|(?:---|\.\.\.)(?:\s.*)?)$/i;
/** Text that readers get wrong as a block: nothing but space, a tab first, or a line of spaces at the end. */
const NO_BLOCK = /^\s*$|^[ \n]*\t|\n[ \t]+\n*$/;

const allows = (layout: ScalarLayout, style: ScalarStyle) => (layout.allowedStylesMask & (1 << style)) !== 0;

/** Chooses quotes and blocks so that YAML 1.1 and 1.2 readers (kubectl's is neither) find the same text, easy to read. */
function chooseStyle(layout: ScalarLayout): void {
  const { value, tag } = layout.node;
  if (layout.style !== SCALAR_STYLE.PLAIN || tag !== DUMP_SCHEMA.defaultScalarTag.tagName) return;
  const plainLine = PLAIN_LINE.test(value);
  if (!plainLine && UNPRINTABLE.test(value)) {
    if (SURROGATE.test(value)) throw new Error(`toYaml: got ${show(value)}, which has half of a surrogate pair; no YAML file can hold it`);
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  } else if (!plainLine && value.includes('\n')) {
    layout.style = !layout.isKey && allows(layout, SCALAR_STYLE.LITERAL_BLOCK) && !NO_BLOCK.test(value) ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.DOUBLE_QUOTED;
  } else if (!plainLine && INVISIBLE.test(value)) {
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
  } else if (AMBIGUOUS.test(value)) {
    layout.style = SCALAR_STYLE.SINGLE_QUOTED;
  }
}

const { quoteInvalidPlain, fallbackToDoubleQuoted } = DEFAULT_SCALAR_STYLE_RULES;
const OPTIONS: PresenterOptions = { schema: DUMP_SCHEMA, lineWidth: -1, scalarStyleRules: [chooseStyle, quoteInvalidPlain, fallbackToDoubleQuoted] };

/** Objects as a stream of YAML documents, printed in one go. */
export function toYaml(objects: readonly JsonObject[]): string {
  const documents = objects.flatMap((object) => jsToAst(object, DUMP_SCHEMA, { noRefs: true }));
  return present(documents.map((document, index) => ({ ...document, explicitStart: index > 0 })), OPTIONS);
}
