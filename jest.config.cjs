/** Unit tests: no cluster, no network. `jest -c test/cluster/jest.config.cjs` runs those on a real API server. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/test/cluster/', '/test/consumer/project/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  moduleNameMapper: { '^fairlead$': '<rootDir>/lib', '^fairlead/(.*)$': '<rootDir>/lib/$1' },
};
