import { layOut, type Section } from './layout';
import type { Annotation, Dashboard, Link } from './model';

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
export function makeDashboard({ uid, title, description, tags, sections, links = [], annotations = [], from = 'now-3h' }: DashboardParts): Dashboard {
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
    annotations: { list: annotations },
    templating: { list: [] },
    panels: layOut(sections),
  };
}
