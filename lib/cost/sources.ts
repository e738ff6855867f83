import type { CostItem } from './items';
import { PRICE_KINDS, type PriceKind, type PriceSource, type PriceTable } from './prices/table';

/** Where some of an estimate's prices come from. */
export interface UsedSource extends PriceSource {
  /** What they are of. */
  readonly of: readonly PriceKind[];
}

/** The sources of the prices that the items have, those of spot nodes with them where there are any. */
export function sourcesOf(items: readonly CostItem[], spot: boolean, { sources }: PriceTable): UsedSource[] {
  const used = PRICE_KINDS.filter((kind) => (kind === 'spot' ? spot : items.some((item) => item.kind === kind)));
  const found = new Map<string, UsedSource>();
  for (const kind of used) {
    const source = sources[kind];
    if (source === undefined) continue;
    const key = `${source.asOf} ${source.from}`;
    found.set(key, { ...source, of: [...(found.get(key)?.of ?? []), kind] });
  }
  return [...found.values()];
}

/** The first of the days that the sources name; undefined where none names any. */
export const oldest = (sources: readonly UsedSource[]): string | undefined => sources.flatMap(({ asOf }) => asOf ?? []).sort()[0];
