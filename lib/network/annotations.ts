import { checkAnnotations } from '../core/application';
import type { Problems } from '../core/problems';
import { asObject } from '../core/shape';

/** The fields that are text. */
export const textsOf = (map: Readonly<Record<string, unknown>>): Record<string, string> => Object.fromEntries(Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** Reads a prop of annotations: reports what is wrong and leaves out what is no text. */
export function readAnnotations(problems: Problems, prop: string, given: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const annotations = asObject(problems, prop, given) as Record<string, string>;
  checkAnnotations(problems, prop, annotations);
  return textsOf(annotations);
}
