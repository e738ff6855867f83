import { asksFor, missingJobs, type PlatformJob } from '../catalogue';
import { layOut, type Section } from './layout';
import type { Annotation, Dashboard, Link, Panel } from './model';

/** A dashboard and the folder that it stands in. */
export interface DashboardFile {
  /** Title of the folder, which is the name of a directory. */
  readonly folder: string;
  /** The dashboard. */
  readonly dashboard: Dashboard;
}

/** What a dashboard is made of. */
export interface DashboardParts {
  /** Unique among all; links lead to it. */
  readonly uid: string;
  /** Unique among all. */
  readonly title: string;
  /** What it is for. */
  readonly description: string;
  /** Words that searches find it by. */
  readonly tags: readonly string[];
  /** Its panels. */
  readonly sections: readonly Section[];
  /** The jobs that Prometheus scrapes: panels that ask for another are left out. @default all that there are */
  readonly jobs?: ReadonlySet<string> | undefined;
  /** Links in its head. @default none */
  readonly links?: readonly Link[];
  /** Marks on its graphs. @default none */
  readonly annotations?: readonly Annotation[];
  /** The time that it shows at first. @default the last three hours */
  readonly from?: string;
}

/** The version of the format that the SDK's types describe; Grafana brings older ones up to date when it reads them. */
const SCHEMA_VERSION = 42;

/** Puts a dashboard together. It cannot be changed in Grafana: the next start would undo it. */
export function makeDashboard({ uid, title, description, tags, sections, jobs, links = [], annotations = [], from = 'now-3h' }: DashboardParts): Dashboard {
  const missing = missingJobs(jobs);
  return {
    uid,
    title,
    description,
    tags: ['fairlead', ...tags],
    schemaVersion: SCHEMA_VERSION,
    editable: false,
    graphTooltip: 1,
    timezone: 'browser',
    time: { from, to: 'now' },
    refresh: '1m',
    links,
    annotations: { list: annotations.filter(({ expr = '' }) => !asksFor(expr, missing)) },
    templating: { list: [] },
    panels: layOut(sections.map((section) => ({ ...section, panels: section.panels.flatMap((panel) => collected(panel, missing)) }))),
  };
}

/** A panel with those of its queries that something answers; the first is what it is for, the others are bounds and the like. Tables choose their columns themselves. */
function collected(panel: Panel, missing: readonly PlatformJob[]): readonly Panel[] {
  if (panel.type !== 'stat' && panel.type !== 'timeseries') return [panel];
  const targets = panel.targets.filter(({ expr }) => !asksFor(expr, missing));
  return targets[0] === panel.targets[0] ? [{ ...panel, targets }] : [];
}
