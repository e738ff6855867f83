/** What the error says that work ends with; `passed` where there is none. */
export function failure(work: () => unknown): string {
  try {
    work();
    return 'passed';
  } catch (error) {
    return (error as Error).message;
  }
}
