import type { JsonObject } from '../../core/json';
import { toYaml } from '../../synth/yaml';

/** A group of rules as Prometheus writes it. */
export interface RenderedGroup extends JsonObject {
  /** Its name. */
  readonly name: string;
}

/** A ConfigMap holds 1 MiB in all; the rest is for its keys and metadata. */
const ROOM = 900_000;

/** The groups as files, a file a group, in as many ConfigMaps as they need. */
export function ruleFiles(groups: readonly RenderedGroup[], room = ROOM): readonly Readonly<Record<string, string>>[] {
  const maps: { files: Record<string, string>; size: number }[] = [];
  for (const [name, text] of groups.map((group) => [`${group.name.replace(/[^-._a-zA-Z0-9]+/g, '-')}.yml`, toYaml([{ groups: [group] }])] as const)) {
    const size = Buffer.byteLength(name) + Buffer.byteLength(text);
    let last = maps.at(-1);
    if (!last || last.size + size > room) maps.push((last = { files: {}, size: 0 }));
    last.files[name] = text;
    last.size += size;
  }
  return maps.map(({ files }) => files);
}
