import * as z from 'zod';

/** Labels of nodes that only Kubernetes or the cloud sets: nodes that ask for others by these prefixes do not start. */
export const RESERVED_LABEL = /^(?!node-restriction\.)([a-z0-9.-]+\.)?(kubernetes\.io|k8s\.io|karpenter\.sh|eks\.amazonaws\.com|cloud\.google\.com)\//;

/** Labels (tags) of what the cloud makes, by which its cost is told apart: those that Google Cloud and AWS both take. */
export const costLabels = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/, 'lower-case letters, digits, "_" and "-", a letter first, 63 at most'),
  z.string().regex(/^[a-z0-9_-]{0,63}$/, 'lower-case letters, digits, "_" and "-", 63 at most'),
).default({});
