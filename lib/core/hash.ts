import { createHash } from 'node:crypto';
import { canonicalJson } from './json';

/** Hex digits of a content hash in a name: 40 bits keep two revisions of one object apart. */
const LENGTH = 10;

/** A short hash of the content, the same for equal content. Never give it a secret: a short hash can be guessed back. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, LENGTH);
}
