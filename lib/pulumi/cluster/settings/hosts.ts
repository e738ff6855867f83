import type { HostsSettings } from './common';

/** The hosts: the domain itself, where none are named. */
export const namesOf = ({ names, domain }: { readonly [K in keyof HostsSettings]: HostsSettings[K] | undefined } & Pick<HostsSettings, 'domain'>): readonly string[] => names ?? [domain];
