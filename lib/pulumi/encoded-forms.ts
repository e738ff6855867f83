/** How a word looks in base64, at one of the three places where it may begin in a group of bytes. */
export interface EncodedForm {
  /** The characters that the word alone decides. */
  readonly text: string;
  /** Characters of the group before them, which its neighbour decides too. */
  readonly lead: number;
}

/** The three forms of an ASCII word in base64. */
export function encodedForms(word: string): readonly EncodedForm[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${'\0'.repeat(shift)}${word}`).toString('base64');
    const lead = Math.ceil((shift * 4) / 3);
    return { text: encoded.slice(lead, Math.floor(((shift + word.length) * 4) / 3)), lead };
  });
}

/** A word in hexadecimal. */
export const hexForm = (word: string): string => Buffer.from(word).toString('hex');
