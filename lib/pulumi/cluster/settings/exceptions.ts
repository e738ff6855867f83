import * as z from 'zod';
import type { Reporter } from './read';

/** What production does without only when it is named, with a reason. */
export const EXCEPTIONS = {
  'public-control-plane': 'the API server has an address that the whole internet reaches',
  'single-zone': 'the cluster stands and falls with one zone',
  'single-nat': 'one zone carries all traffic to the internet',
  'provider-keys': 'the provider of the cloud holds the keys of disks and secrets',
  'unprotected': 'the cluster can be deleted without a second step',
  'public-nodes': 'nodes have addresses on the internet',
  'unsigned-images': 'the cluster runs images that no authorization policy has seen',
  'no-backup': 'nothing is backed up',
  'no-flow-logs': 'nobody can look up who talked to whom in the network',
  'unlisted-version': 'the version is not among those that the release channel is known to have',
} as const;

/** The name of an exception. */
export type Exception = keyof typeof EXCEPTIONS;

/** Exceptions from what production holds to, each with its reason; the hardening report lists them. */
export type Exceptions = Readonly<Partial<Record<Exception, string>>>;

/** Schema of {@link Exceptions}. */
export const exceptions = z.partialRecord(z.enum(Object.keys(EXCEPTIONS) as [Exception, ...Exception[]]), z.string().trim().min(10, 'the reason, in words')).default({});

/**
 * Reports exceptions that mean nothing on a cloud: their reasons would stand for something that nobody has.
 * @param foreign - what to say of each
 */
export function checkExceptions(named: Exceptions, foreign: Exceptions, reporter: Reporter): void {
  for (const [name, instead] of Object.entries(foreign)) {
    const reason = named[name as Exception];
    if (reason !== undefined) reporter.add(['exceptions', name], reason, instead);
  }
}
