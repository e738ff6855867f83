/** Adds up jest's reports: `summary.mjs <failed steps> <report>…`. Ends with `N passed, N failed`; status 1 on any failure. */
import { readFileSync } from 'node:fs';

const [failedSteps, ...reports] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const report of reports) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
    if (numPassedTests === 0) throw new Error('it ran no test');
    passed += numPassedTests;
    failed += numFailedTests + numRuntimeErrorTestSuites;
  } catch (error) {
    console.error(`no good report: ${error.message}`);
    failed += 1;
  }
}
// A step that failed without a failing test (lint, types) counts as one failure.
const broken = Number(failedSteps) > 0 || failed > 0;
if (Number(failedSteps) > 0 && failed === 0) failed = Number(failedSteps);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = broken ? 1 : 0;
