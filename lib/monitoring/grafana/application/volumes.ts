import type { MonitoredApplication } from '../../application';
import type { TimeSeriesPanel } from '../model';
import { timeSeries } from '../panels';
import { regex, select } from '../../promql';
import { highest } from '../query';

const LABEL = 'persistentvolumeclaim';

/** How full each volume is, in space and in files. */
export function volumePanels({ namespace, claims }: MonitoredApplication): readonly TimeSeriesPanel[] {
  if (claims.length === 0) return [];
  const of = (metric: string) => highest([LABEL], select(metric, { job: 'kubelet', namespace, [LABEL]: regex(claims.join('|')) }));
  const share = (used: string, all: string) => [{ expr: `${of(used)} / ${of(all)}`, legend: `{{${LABEL}}}` }];
  const common = { unit: 'percentunit', max: 1, limits: { warn: 0.85, bad: 0.97 } };
  return [
    timeSeries({ title: 'Volume space used', description: 'Share of each volume that is full.', ...common, queries: share('kubelet_volume_stats_used_bytes', 'kubelet_volume_stats_capacity_bytes') }),
    timeSeries({ title: 'Volume files used', description: 'Share of the files (inodes) of each volume that are taken.', ...common, queries: share('kubelet_volume_stats_inodes_used', 'kubelet_volume_stats_inodes') }),
  ];
}
