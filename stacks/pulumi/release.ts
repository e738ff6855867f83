import type { ReleaseInfo } from '../../lib/pulumi';

/** The variables that say what is released. */
const VARIABLES = { cause: 'FAIRLEAD_RELEASE_CAUSE', version: 'FAIRLEAD_RELEASE_VERSION', revision: 'FAIRLEAD_RELEASE_REVISION', by: 'FAIRLEAD_RELEASED_BY' } as const;

/** What the variables say of a release; those that are unset or empty say nothing. */
export function releaseOf(variables: Readonly<Record<string, string | undefined>>, now: Date): ReleaseInfo {
  const said = Object.entries(VARIABLES).flatMap(([key, name]) => (variables[name] ? [[key, variables[name]]] : []));
  return { ...(Object.fromEntries(said) as ReleaseInfo), at: now.toISOString() };
}

/** Names of the resources that FAIRLEAD_ALLOW_REPLACEMENT lets be replaced this once, with commas between. */
export const allowedReplacements = ({ FAIRLEAD_ALLOW_REPLACEMENT: names = '' }: Readonly<Record<string, string | undefined>>): string[] => names.split(',').map((name) => name.trim()).filter(Boolean);
