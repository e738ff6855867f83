// Pulumi compiles TypeScript with settings of its own, which lib/ is too new for, and checks all types again; tsx does not.
require('tsx/cjs');
require('./pack.ts');
