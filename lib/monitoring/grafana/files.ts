import type { Mistakes } from '../../core/problems';
import type { DashboardFile } from './dashboard';

/** What a ConfigMap may hold in all is 1 MiB; this leaves room for its keys and its metadata. */
export const CONFIG_MAP_LIMIT = 1_000_000;

/** Some files of one folder, few enough for a ConfigMap. */
export interface FolderPart {
  readonly folder: string;
  /** Files by name. */
  readonly files: ReadonlyMap<string, string>;
}

/** Reports dashboards that Grafana would not tell apart, which stops it from reading any: a uid or a title that is there twice. */
export function checkTwins(problems: Mistakes, prop: string, dashboards: readonly DashboardFile[]): void {
  for (const key of ['uid', 'title'] as const) {
    const seen = new Map<string, DashboardFile>();
    for (const file of dashboards) {
      const value = file.dashboard[key];
      const id = value.toLowerCase();
      const twin = seen.get(id);
      if (twin) problems.add(prop, value, `two dashboards have this ${key}: '${twin.dashboard.title}' in folder '${twin.folder}' and '${file.dashboard.title}' in folder '${file.folder}'; give one of them another`);
      seen.set(id, twin ?? file);
    }
  }
}

/** The dashboards as files, by folder and in as few parts as fit; one that fits no ConfigMap is reported. */
export function splitByFolder(problems: Mistakes, prop: string, dashboards: readonly DashboardFile[], limit = CONFIG_MAP_LIMIT): readonly FolderPart[] {
  const folders = new Map<string, { part: Map<string, string>; size: number }[]>();
  for (const { folder, dashboard } of [...dashboards].sort(byFolderAndUid)) {
    const text = `${JSON.stringify(dashboard, undefined, 1)}\n`;
    const size = Buffer.byteLength(text);
    if (size > limit) {
      problems.add(prop, `${size} bytes`, `the dashboard '${dashboard.title}' is above the ${limit} bytes that fit in a ConfigMap; split it into several`);
      continue;
    }
    const parts = folders.get(folder) ?? [];
    folders.set(folder, parts);
    const last = parts.at(-1);
    const room = last && last.size + size <= limit ? last : undefined;
    if (!room) parts.push({ part: new Map([[`${dashboard.uid}.json`, text]]), size });
    else {
      room.part.set(`${dashboard.uid}.json`, text);
      room.size += size;
    }
  }
  return [...folders].flatMap(([folder, parts]) => parts.map(({ part }) => ({ folder, files: part })));
}

const key = ({ folder, dashboard }: DashboardFile) => `${folder}/${dashboard.uid}`;
const byFolderAndUid = (a: DashboardFile, b: DashboardFile) => (key(a) < key(b) ? -1 : 1);
