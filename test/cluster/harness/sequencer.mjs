import Sequencer from '@jest/test-sequencer';

/** Custom resource definitions stay once installed, so the tests that install some come after those that must do without. */
const INSTALLS_DEFINITIONS = /\/(custom-resources|harness|monitoring-operator)\.cluster\.test\.ts$/;

export default class extends Sequencer {
  sort(tests) {
    const late = ({ path }) => (INSTALLS_DEFINITIONS.test(path) ? 1 : 0);
    return [...tests].sort((a, b) => late(a) - late(b) || (a.path < b.path ? -1 : 1));
  }
}
