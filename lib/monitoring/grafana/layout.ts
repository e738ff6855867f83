import type { Panel, RowPanel } from './model';

/** Panels that belong together, under one heading. */
export interface Section {
  /** The heading. @default none: the first lines of a dashboard */
  readonly title?: string;
  /** The panels, without place. */
  readonly panels: readonly Panel[];
  /** Most panels on one line. @default 3 */
  readonly perLine?: number;
  /** Height of its lines, in Grafana's units of 38 pixels. @default 8 */
  readonly height?: number;
}

/** Grafana's grid has this many columns. */
export const COLUMNS = 24;
const PER_LINE = 3;
const HEIGHT = 8;

/** Puts panels on the grid: lines of even length that fill its width; gives each an id that is unique in its dashboard. */
export function layOut(sections: readonly Section[]): readonly (Panel | RowPanel)[] {
  const placed: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const { title, panels, perLine = PER_LINE, height = HEIGHT } of sections) {
    if (panels.length === 0) continue;
    if (title !== undefined) {
      placed.push({ type: 'row', id: placed.length + 1, title, collapsed: false, gridPos: { x: 0, y, w: COLUMNS, h: 1 }, panels: [] });
      y += 1;
    }
    for (const line of lines(panels, perLine)) {
      for (const [panel, x, w] of widths(line)) placed.push({ ...panel, id: placed.length + 1, gridPos: { x, y, w, h: height } });
      y += height;
    }
  }
  return placed;
}

/** As few lines as needed, none of them much shorter than the others. */
function lines(panels: readonly Panel[], perLine: number): readonly (readonly Panel[])[] {
  const number = Math.ceil(panels.length / perLine);
  const length = (line: number) => Math.floor(panels.length / number) + (line < panels.length % number ? 1 : 0);
  let start = 0;
  return Array.from({ length: number }, (_, line) => panels.slice(start, (start += length(line))));
}

function widths(line: readonly Panel[]): readonly (readonly [Panel, number, number])[] {
  let x = 0;
  return line.map((panel, index) => {
    const w = Math.floor(COLUMNS / line.length) + (index < COLUMNS % line.length ? 1 : 0);
    x += w;
    return [panel, x - w, w] as const;
  });
}
