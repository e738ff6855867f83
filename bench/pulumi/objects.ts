import { readFileSync } from 'node:fs';

/** The objects of the shop, rendered before, from the file that the command line names. */
export const objects = (): { apiVersion: string; kind: string; metadata: { name: string; namespace?: string } }[] => JSON.parse(readFileSync(process.argv[2]!, 'utf8'));

export const nameOf = ({ kind, metadata: { namespace, name } }: ReturnType<typeof objects>[number]): string => [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
