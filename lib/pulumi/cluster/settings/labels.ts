import * as z from 'zod';

/** Labels (tags) of what the cloud makes, by which its cost is told apart: those that Google Cloud and AWS both take. */
export const costLabels = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, 'lower-case letters, digits, "_" and "-", a letter first, 63 at most'),
  z.string().regex(/^[a-z0-9_-]{0,63}$/, 'lower-case letters, digits, "_" and "-", 63 at most'),
).default({});
