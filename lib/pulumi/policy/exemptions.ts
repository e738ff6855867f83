import type { Judged } from './definition';

/** Whether an object is excepted, by its identity or by its name in the program. */
export function exceptedBy(except: Readonly<Record<string, string>>, { identity, logicalName }: Judged): boolean {
  return Object.keys(except).some((pattern) => matches(pattern, identity) || matches(pattern, logicalName));
}

/** A star stands for any part of one name: those of Jobs carry a hash. */
function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^/]*')}$`).test(name);
}
