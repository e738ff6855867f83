import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '../../scripts/dashboards/format';
import { pictures } from '../../scripts/dashboards/pictures';
import { ROOT } from './markdown';

const FOLDER = join(ROOT, 'docs/images/dashboards');

describe('the pictures of the dashboards', () => {
  const drawn = pictures();

  it('are all there, and no others', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...drawn.keys()].sort());
  });

  // After a change of a dashboard: npx tsx scripts/dashboards/generate.ts
  it.each([...drawn])('%s is what the definitions give', (name, picture) => {
    expect(readFileSync(join(FOLDER, name), 'utf8') === picture).toBe(true);
  });

  it.each([...drawn])('%s is shown on the page', (name) => {
    expect(readFileSync(join(ROOT, 'docs/dashboards.md'), 'utf8')).toContain(`](images/dashboards/${name})`);
  });

  it.each([...drawn])('%s holds no number that is none', (_, picture) => {
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('a value in a picture', () => {
  it.each([
    [0.0004, 'percentunit', undefined, '0.04%'],
    [0.786, 'percentunit', 1, '78.6%'],
    [184.2, 'reqps', undefined, '184 req/s'],
    [0.118, 's', undefined, '118 ms'],
    [251, 's', undefined, '4.18 min'],
    [222_298_112, 'bytes', undefined, '212 MiB'],
    [48_200, 'short', undefined, '48.2 K'],
    [-8, 'dateTimeFromNow', undefined, '8 hours ago'],
    [0.6, 'dateTimeFromNow', undefined, 'in 36 minutes'],
    [3, undefined, 0, '3'],
  ])('%d in %s is written as Grafana does', (value, unit, decimals, text) => {
    expect(format(value, unit, decimals)).toBe(text);
  });

  it('of a unit that nobody knows is a mistake', () => {
    expect(() => format(1, 'furlongs')).toThrow("no format for the unit 'furlongs'");
  });
});
