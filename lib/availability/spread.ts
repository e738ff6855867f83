import type { Application } from '../core/application';
import type { JsonObject } from '../core/json';

/** How pods spread over zones and nodes: `preferred` where it can, `required` or not at all (over zones), `false` for no care. */
export type SpreadMode = 'preferred' | 'required' | false;

/** Reads the `spread` prop into topology spread constraints; they hold on one zone as on three. */
export function readSpread(application: Application, own: SpreadMode | undefined, max: number, revisionLabel: string | undefined): JsonObject[] | undefined {
  const { problems } = application;
  const mode = application.setting('spread', own, 'preferred', 'a zone or node may fail');
  if (mode !== 'preferred' && mode !== 'required' && mode !== false) problems.add('spread', mode, "'preferred', 'required' and false are allowed");
  else if (own !== undefined && own !== false && max < 2) problems.add('spread', own, `${max === 0 ? 'no pod' : 'one pod'} has nothing to spread; run at least 2 pods, or remove it`);
  if (mode === false || max < 2) return undefined;
  const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: { ...application.selector } },
    ...(revisionLabel === undefined ? {} : { matchLabelKeys: [revisionLabel] }),
  });
  return [constraint('topology.kubernetes.io/zone', mode === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway'), constraint('kubernetes.io/hostname', 'ScheduleAnyway')];
}
