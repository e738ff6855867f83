import { dump, load, CORE_SCHEMA, mergeTag } from 'js-yaml';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const TOP_LEVEL = ['secretsprovider', 'encryptedkey', 'encryptionsalt', 'config', 'environment'];

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key]!)]));
}

/**
 * What `pulumi config set` makes of a whole stack file when it sets one key, as seen with Pulumi 3.232.0
 * (fixtures/Pulumi.staging.yaml and fixtures/rewritten): keys get their namespace, numbers and booleans at the top of a
 * key become text, nothing becomes empty text, aliases are written out, unknown top-level keys go.
 */
export function pulumiConfigSet(text: string, project: string, key: string, value: string): string {
  const file = (load(text, { schema: CORE_SCHEMA.withTags(mergeTag) }) ?? {}) as { [key: string]: Json };
  const config: { [key: string]: Json } = {};
  for (const [name, given] of Object.entries((file['config'] ?? {}) as { [key: string]: Json })) {
    const [first, ...rest] = name.split(':');
    const full = rest.length === 0 ? `${project}:${name}` : `${first}:${rest.at(-1)}`;
    config[full] = given === null ? '' : typeof given === 'object' ? sorted(given) : String(given);
  }
  config[key] = value;
  const kept = Object.entries(file).filter(([name]) => TOP_LEVEL.includes(name));
  return dump(Object.fromEntries([...kept.filter(([name]) => name !== 'config'), ['config', config]]), { noRefs: true });
}
