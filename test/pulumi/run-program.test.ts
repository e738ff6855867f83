import { runProgram } from '../../lib/pulumi/testing';

describe('runProgram without stack traces', () => {
  const stackOf = async (options: { readonly stackTraces?: boolean }) => (await runProgram(() => ({ stack: new Error('here').stack! }), options)).result.stack;

  it('takes none in the program, and all of them afterwards', async () => {
    const limit = Error.stackTraceLimit;
    expect(await stackOf({ stackTraces: false })).toBe('Error: here');
    expect(Error.stackTraceLimit).toBe(limit);
    expect(await stackOf({})).toContain('run-program.test');
  });

  it('takes them again where the program fails', async () => {
    const limit = Error.stackTraceLimit;
    await expect(runProgram(() => { throw new Error('no'); }, { stackTraces: false })).rejects.toThrow('no');
    expect(Error.stackTraceLimit).toBe(limit);
  });
});
