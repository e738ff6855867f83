import { performance } from 'node:perf_hooks';

/** Milliseconds between two calls where nobody asks: problems grow old meanwhile. */
const INTERVAL = 1000;
/** Milliseconds until a call that was asked for: changes seldom come alone. */
const SOON = 50;

/** Calls again and again, until a signal is aborted; keeps no program alive. */
export class Ticker {
  private timer: NodeJS.Timeout | undefined;
  private next = 0;

  /** @param action - called with the milliseconds of a clock that only goes forward */
  public constructor(
    private readonly action: (now: number) => void,
    private readonly signal: AbortSignal,
  ) {
    this.schedule(0);
    signal.addEventListener('abort', () => clearTimeout(this.timer));
  }

  /** Asks for a call sooner than planned. */
  public soon(): void {
    if (this.next > performance.now() + SOON) this.schedule(SOON);
  }

  private schedule(milliseconds: number): void {
    if (this.signal.aborted) return;
    clearTimeout(this.timer);
    this.next = performance.now() + milliseconds;
    this.timer = setTimeout(() => this.tick(), milliseconds).unref();
  }

  private tick(): void {
    this.schedule(INTERVAL);
    this.action(performance.now());
  }
}
