import type { ReleaseChannel } from './settings';

/** A channel as Google has it: that of extended support is one, too. */
export type Channel = ReleaseChannel | 'extended';

/** The channel that a cluster gets its versions from. */
export const channelOf = ({ channel, support }: { readonly channel?: ReleaseChannel | undefined; readonly support: 'standard' | 'extended' }): Channel => (support === 'extended' ? 'extended' : (channel ?? 'regular'));

/**
 * The oldest and the newest minor version that a channel takes for new clusters, as of 2026-09-17.
 * Source: https://cloud.google.com/kubernetes-engine/docs/release-notes, "Current versions".
 */
export const CHANNEL_VERSIONS: Readonly<Record<Channel, readonly [oldest: number, newest: number]>> = {
  rapid: [34, 37],
  regular: [34, 36],
  stable: [34, 35],
  extended: [31, 36],
};

/** What the channel has instead of that version; undefined where it has it, or it is none. */
export function unlisted(version: string, channel: Channel): string | undefined {
  const minor = Number(/^1\.(\d+)/.exec(version)?.[1]);
  const [oldest, newest] = CHANNEL_VERSIONS[channel];
  if (Number.isNaN(minor) || (minor >= oldest && minor <= newest)) return undefined;
  const others = Object.entries(CHANNEL_VERSIONS).filter(([, [least, most]]) => minor >= least && minor <= most).map(([name]) => (name === 'extended' ? 'support: "extended", for a fee' : `the channel ${name}`));
  return `a version from 1.${oldest} to 1.${newest}, as the channel ${channel} has${others.map((other) => `; or ${other}`).join('')}`;
}
