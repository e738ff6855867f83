import { isPlainObject, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { sentenceList } from '../../core/suggest';
import { promqlProblem } from '../promql';
import type { DashboardFile } from './dashboard';
import { UID_LIMIT } from './links';
import type { Dashboard } from './model';
import { plainExpression } from './variables';

/** A dashboard of your own: the JSON that Grafana exports, or a builder of Grafana's SDK. */
export type DashboardInput = object | { build(): object };

/** Your own dashboards, by the title of their folder. */
export type OwnDashboards = Readonly<Record<string, readonly DashboardInput[]>>;

/** Text that Grafana puts in when someone imports an export by hand, and does not when it reads a file. */
const IMPORTED = /^\$\{DS_/;
/** Sources that Grafana has by itself, and those that a variable names. */
const BUILT_IN = /^(-- .+ --|grafana|__expr__|\$.+)$/;
const UID = /^[a-zA-Z0-9_-]+$/;
const FOLDER = /^[^/\\:.][^/\\:]*$/;
const FOLDER_LIMIT = 189;

/** Reads the dashboards that a user gives; those with mistakes are reported and left out. */
export function readOwnDashboards(problems: Mistakes, prop: string, given: OwnDashboards, sources: readonly string[]): readonly DashboardFile[] {
  return Object.entries(given).flatMap(([folder, list]) => {
    const path = `${prop}.${folder}`;
    if (!FOLDER.test(folder) || folder.length > FOLDER_LIMIT || folder.toLowerCase() === 'general') {
      problems.add(path, folder, `the title of a folder becomes a directory: at most ${FOLDER_LIMIT} characters without "/", "\\" and ":" are allowed, no "." first, and not Grafana's own 'General'`);
    }
    if (!Array.isArray(list)) problems.add(path, list, 'a list of dashboards is allowed');
    return (Array.isArray(list) ? (list as readonly DashboardInput[]) : []).flatMap((input, index) => readOne(problems, `${path}[${index}]`, input, sources).map((dashboard) => ({ folder, dashboard })));
  });
}

function readOne(problems: Mistakes, prop: string, input: DashboardInput, sources: readonly string[]): readonly Dashboard[] {
  const built: unknown = typeof (input as { build?: unknown } | null)?.build === 'function' ? (input as { build(): object }).build() : input;
  const dashboard = toJson(built);
  if (!dashboard) {
    problems.add(prop, input, 'the JSON of a dashboard, or a builder of Grafana\'s SDK, is allowed');
    return [];
  }
  if (dashboard.apiVersion !== undefined || dashboard.elements !== undefined) {
    problems.add(prop, dashboard.apiVersion ?? dashboard.title, 'this is the newer form of dashboards, which Grafana does not read from files of this kind; export it as "Classic"');
    return [];
  }
  const before = problems.messages.length;
  problems.check(`${prop}.uid`, dashboard.uid, (uid) => (UID.test(uid) && uid.length <= UID_LIMIT ? undefined : `at most ${UID_LIMIT} letters, digits, "-" and "_" are allowed; links lead to it`));
  problems.check(`${prop}.title`, dashboard.title, (title) => (title.trim() === '' ? 'a title is required' : undefined));
  checkPanels(problems, prop, dashboard, sources);
  // Its number in the database that it was exported from means nothing here.
  return problems.messages.length === before ? [{ ...dashboard, id: null } as unknown as Dashboard] : [];
}

/** The value as a file will hold it, without what JSON cannot hold. */
function toJson(value: unknown): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  try {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    return isPlainObject(copy) ? copy : undefined;
  } catch {
    return undefined;
  }
}

const objects = (list: unknown): readonly JsonObject[] => (Array.isArray(list) ? list.filter(isPlainObject) : []);

function checkPanels(problems: Mistakes, prop: string, dashboard: JsonObject, sources: readonly string[]): void {
  if (!Array.isArray(dashboard.panels)) problems.add(`${prop}.panels`, dashboard.panels, 'a list of panels is required');
  const visit = (panels: unknown, path: string): void => objects(panels).forEach((panel, index) => {
    const place = `${path}.panels[${index}]`;
    checkSource(problems, `${place}.datasource`, panel.datasource, sources);
    objects(panel.targets).forEach((target, position) => checkTarget(problems, `${place}.targets[${position}]`, target, panel.datasource, sources));
    visit(panel.panels, place);
  });
  visit(dashboard.panels, prop);
}

function checkTarget(problems: Mistakes, prop: string, target: JsonObject, inherited: unknown, sources: readonly string[]): void {
  checkSource(problems, `${prop}.datasource`, target.datasource, sources);
  const source = target.datasource ?? inherited;
  const speaksPromql = !isPlainObject(source) || source.type === undefined || source.type === 'prometheus';
  if (typeof target.expr !== 'string' || target.expr === '' || !speaksPromql) return;
  const wrong = promqlProblem(plainExpression(target.expr));
  if (wrong) problems.add(`${prop}.expr`, target.expr, wrong);
}

/** A panel whose source is not there stays blank. */
function checkSource(problems: Mistakes, prop: string, source: unknown, sources: readonly string[]): void {
  const uid = isPlainObject(source) ? source.uid : source;
  if (typeof uid !== 'string' || sources.includes(uid)) return;
  if (!IMPORTED.test(uid) && BUILT_IN.test(uid)) return;
  problems.add(prop, uid, `no such source; its uid is one of ${sentenceList(sources)}${IMPORTED.test(uid) ? ', which an export for sharing leaves open: write it in its place' : ''}`);
}
