export { UNKNOWN, type RegisteredResource } from './recorder';
export { runProgram, type ProgramRun, type RunOptions } from './run-program';
