/** Says what goes on. Written past jest, which keeps what tests print until a whole file is done. */
export function progress(who: string, text: string): void {
  process.stderr.write(`${who}: ${text}\n`);
}
