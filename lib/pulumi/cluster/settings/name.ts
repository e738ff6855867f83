import type { Reporter } from './read';

/** Reports a name of a cluster that does not fit what is called by it on any cloud. */
export function checkClusterName(name: string, reporter: Reporter): void {
  if (!/^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$/.test(name)) reporter.add(['name'], name, 'at most 24 lower-case letters, digits and "-", a letter first');
}
