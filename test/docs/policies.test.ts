import { withTable } from '../../scripts/policies';
import { readPage } from './markdown';

it('the table of the policies is what `npx tsx scripts/policies.ts` writes', () => {
  const page = readPage('docs/policies.md');
  expect(withTable(page)).toBe(page);
});

it('a page without a place for the table is refused', () => {
  expect(() => withTable('# Policies\n')).toThrow('needs the lines <!-- policies -->');
});
