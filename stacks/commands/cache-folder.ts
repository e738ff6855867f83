import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where this project keeps what takes long to make: outside of the repository, so that it outlives a clean checkout. */
export function cacheFolder(): string {
  if (process.env.FAIRLEAD_CACHE) return resolve(process.env.FAIRLEAD_CACHE);
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fairlead');
}
