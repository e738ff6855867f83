import type { ReleaseInfo } from '../../lib/pulumi';

/** What the message of an update in the engine's history says. */
export interface Message extends Omit<ReleaseInfo, 'at'> {
  /** How many releases a rollback left in the record. @default it was no rollback */
  readonly releasesLeft?: number;
}

/** The lines at the end of a message, as git has them in those of commits. */
const TRAILERS = { version: 'Release-Version', revision: 'Release-Revision', by: 'Released-By', releasesLeft: 'Releases-Left' } as const;

/** The message: the cause, and the rest as trailers. */
export function writeMessage(message: Message): string {
  const trailers = Object.entries(TRAILERS).flatMap(([key, trailer]) => {
    const value = message[key as keyof typeof TRAILERS];
    return value === undefined ? [] : [`${trailer}: ${value}`];
  });
  return [message.cause ?? '', trailers.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** What a message says; one that somebody else wrote is the cause. */
export function readMessage(text: string): Message {
  const found = new Map<string, string>();
  const lines = text.split('\n').filter((line) => {
    const key = Object.entries(TRAILERS).find(([, trailer]) => line.startsWith(`${trailer}: `));
    if (key) found.set(key[0], line.slice(key[1].length + 2));
    return !key;
  });
  const cause = lines.join('\n').trim();
  const { releasesLeft, ...info } = Object.fromEntries(found) as Record<keyof typeof TRAILERS, string>;
  return { ...info, ...(cause === '' ? {} : { cause }), ...(releasesLeft === undefined ? {} : { releasesLeft: Number(releasesLeft) }) };
}
