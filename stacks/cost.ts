/** What an environment costs: from its cluster's settings, and from what its charts ask for. */
import type { Rendering } from '../lib';
import { costedCluster, demandLine, demandOf, estimate, estimateLine, estimateReport, pricedRegions } from '../lib/cost';
import { defined } from '../lib/core/json';
import { sentenceList } from '../lib/core/suggest';
import type { Settings } from './environment';

/** An estimate for people. */
export interface EnvironmentCost {
  /** The whole of it in a line. */
  readonly line: string;
  /** Item by item, with what is left out. */
  readonly details: readonly string[];
}

/** Estimates what an environment costs. Of a cluster that is there already, only what the charts ask for is known. */
export function costOf({ cluster, workingHours }: Pick<Settings, 'cluster' | 'workingHours'>, { files }: Rendering): EnvironmentCost {
  const demand = demandOf(files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest)));
  const asked = demandLine(demand);
  if (cluster === undefined || cluster.provider === 'existing') return { line: asked, details: [asked, cluster ? 'the cluster is there already: what it costs, those who run it know' : 'no cluster is named: nobody can tell what it costs'] };
  const found = estimate({ cluster: costedCluster(cluster.provider, cluster), demand, ...(workingHours ? { workingHours: defined(workingHours) } : {}) });
  if (found) return { line: estimateLine(found), details: estimateReport(found) };
  const why = `there are no prices for ${cluster.region}, but for ${sentenceList(pricedRegions(cluster.provider))}`;
  return { line: `${asked}; ${why}`, details: [asked, why] };
}
