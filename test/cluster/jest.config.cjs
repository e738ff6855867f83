/** Tests against a real Kubernetes API: `npx jest -c test/cluster/jest.config.cjs`. The first run builds it, for minutes. */
module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/test/cluster'],
  testEnvironment: 'node',
  testMatch: ['**/*.cluster.test.ts'],
  // Packages that are ES modules only, which jest can't load as they are.
  transformIgnorePatterns: ['/node_modules/(?!(@kubernetes/client-node|openid-client|oauth4webapi|jose)/)'],
  transform: { '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  moduleNameMapper: { '^fairlead$': '<rootDir>/lib', '^fairlead/(.*)$': '<rootDir>/lib/$1' },
  globalSetup: '<rootDir>/test/cluster/harness/jest-global-setup.ts',
  globalTeardown: '<rootDir>/test/cluster/harness/jest-global-teardown.ts',
  testSequencer: '<rootDir>/test/cluster/harness/sequencer.mjs',
  // All tests share one control plane, which needs the cores itself.
  maxWorkers: 1,
  testTimeout: process.env.FAIRLEAD_TEST_KUBECONFIG ? 3_600_000 : 300_000,
};
