import type { Application } from '../core/application';
import type { JsonObject } from '../core/json';

/** How pods spread over zones and nodes: `preferred` where it can, `required` or not at all (over zones), `false` for no care. */
export type SpreadMode = 'preferred' | 'required' | false;

/**
 * Reads the `spread` prop into topology spread constraints; they hold on one zone as on three, and for one pod as for many:
 * a second pod must not change the template of the first. A drained node's zone does not count as an empty one.
 */
export function readSpread(application: Application, own: SpreadMode | undefined, revisionLabel: string | undefined): JsonObject[] | undefined {
  const { problems } = application;
  const mode = application.setting('spread', own, 'preferred', 'a zone or node may fail');
  if (mode !== 'preferred' && mode !== 'required' && mode !== false) problems.add('spread', mode, "'preferred', 'required' and false are allowed");
  if (mode === false) return undefined;
  const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    nodeTaintsPolicy: 'Honor',
    labelSelector: { matchLabels: { ...application.selector } },
    ...(revisionLabel === undefined ? {} : { matchLabelKeys: [revisionLabel] }),
  });
  return [constraint('topology.kubernetes.io/zone', mode === 'required' ? 'DoNotSchedule' : 'ScheduleAnyway'), constraint('kubernetes.io/hostname', 'ScheduleAnyway')];
}
