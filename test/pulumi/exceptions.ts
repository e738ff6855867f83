/** What a cloud's tests of exceptions are made of. */
export interface ExceptionTests {
  /** The lines of the error that refuses the args. */
  readonly refusal: (args: object) => Promise<string[]>;
  /** Args of production without a mistake. */
  readonly good: object;
  /** The same, not held to what production needs. */
  readonly staging: object;
  /** Args that production refuses, by the exception that allows them. */
  readonly weak: Readonly<Record<string, object>>;
}

/** Tests that production refuses each of the args with one line, and takes it with its exception; all else takes them without. */
export function describeExceptions({ refusal, good, staging, weak }: ExceptionTests): void {
  describe('an exception by name', () => {
    it.each(Object.entries(weak))('allows %s', async (name, args) => {
      expect(await refusal({ ...good, ...args })).toHaveLength(1);
      expect(await refusal({ ...good, ...args, exceptions: { [name]: 'a replay of last year, thrown away on Friday' } })).toEqual(['made']);
    });

    it('is not needed outside of production', async () => {
      const { 'unlisted-version': _, ...lax } = weak;
      expect(await refusal(Object.assign({}, staging, ...Object.values(lax)) as object)).toEqual(['made']);
    });
  });
}
