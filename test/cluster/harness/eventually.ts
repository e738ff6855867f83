import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;

/** For what a controller gets to in its own time: tries until the expectations hold, and fails as they last did. */
export async function eventually(expectations: () => Promise<void>, seconds = 20): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await expectations();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(POLL_MS);
  }
}
