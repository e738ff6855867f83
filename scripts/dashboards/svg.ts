/** A rectangle in the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const number = (value: number) => String(Number(value.toFixed(1)));

export const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Text of a style of the sheet, with further attributes. */
export const text = (x: number, y: number, style: string, content: string, more = ''): string => `<text x="${number(x)}" y="${number(y)}" class="${style}"${more}>${escape(content)}</text>`;

/** A rectangle with round corners. */
export const rect = ({ x, y, width, height }: Box, style: string, radius = 0): string => `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"${radius > 0 ? ` rx="${radius}"` : ''} class="${style}"/>`;

/** A straight line. */
export const line = (x1: number, y1: number, x2: number, y2: number, style: string): string => `<path d="M${number(x1)} ${number(y1)}L${number(x2)} ${number(y2)}" class="${style}"/>`;

/** A line through points. */
export const path = (points: readonly (readonly [number, number])[], style: string, close = false): string =>
  `<path d="M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join('L')}${close ? 'Z' : ''}" class="${style}"/>`;

/** About how wide a text is, in the sheet's font. */
export const widthOf = (content: string, size: number): number => content.length * size * 0.54;

/** The end of a name that leaves its place: pods of one application begin alike. */
export function ending(content: string, size: number, room: number): string {
  const most = Math.floor(room / (size * 0.54));
  return content.length <= most ? content : `…${content.slice(-Math.max(1, most - 1))}`;
}

/** The text, cut where it would leave its place. */
export function fitting(content: string, size: number, room: number): string {
  const most = Math.floor(room / (size * 0.54));
  return content.length <= most ? content : `${content.slice(0, Math.max(1, most - 1))}…`;
}
