/** The package carries a CommonJS build, but its types say that it is an ES module alone. */
declare module '@prometheus-io/lezer-promql' {
  import type { LRParser } from '@lezer/lr';
  export const parser: LRParser;
}
