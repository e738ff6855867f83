import * as z from 'zod';

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
  'unlisted-version': 'the version is not among those that the release channel is known to have',
} as const;

/** The name of an exception. */
export type Exception = keyof typeof EXCEPTIONS;

/** Exceptions from what production holds to, each with its reason; the hardening report lists them. */
export type Exceptions = Readonly<Partial<Record<Exception, string>>>;

/** Schema of {@link Exceptions}. */
export const exceptions = z.partialRecord(z.enum(Object.keys(EXCEPTIONS) as [Exception, ...Exception[]]), z.string().trim().min(10, 'the reason, in words')).default({});
