import { TEMPLATES } from './templates';

const DEFINITIONS: ReadonlyMap<string, string> = new Map(
  TEMPLATES.split(/(?=\{\{ define ")/).map((text) => [/^\{\{ define "([^"]+)"/.exec(text)?.[1] ?? '', text.trim()] as const),
);

/** The definitions that a text needs, those that they need themselves first. */
function needed(text: string, found: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const names = [...text.matchAll(/\{\{ template "([^"]+)" \. \}\}/g)].map((match) => match[1]!).filter((name) => DEFINITIONS.has(name) && !found.has(name));
  return names.reduce((all, name) => new Set([...needed(DEFINITIONS.get(name)!, all), name]), found);
}

/** Every text with the templates that it uses before it: for an Alertmanager that has no file of ours. */
export function withTemplates<T>(value: T): T {
  if (typeof value === 'string') return [...[...needed(value)].map((name) => DEFINITIONS.get(name)!), value].join('') as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withTemplates(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTemplates(inner as unknown)])) as T;
}
