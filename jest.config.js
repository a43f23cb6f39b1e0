import { availableParallelism } from 'node:os'

const strict = process.env.REQUIRE_ALL === '1'

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true }, // Node wants `with { type: 'json' }`, and so does Jest
        },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/before-all.js',
  globalTeardown: '<rootDir>/test/support/after-all.js',
  testSequencer: '<rootDir>/test/support/longest-first.js',
  maxWorkers: availableParallelism() + 1, // most tests wait now and then
  workerIdleMemoryLimit: '150MB', // what a file's modules took is not given back; for the same reason, npm test limits semi-spaces
  reporters: ['default', '<rootDir>/test/support/progress.js'],
  setupFilesAfterEnv: ['<rootDir>/test/support/fail-on-console-error.ts'],
  collectCoverage: strict,
  coverageProvider: 'v8',
  runner: '<rootDir>/test/support/runner.js',
  runtime: '<rootDir>/test/support/runtime.cjs',
  collectCoverageFrom: [
    'money/**/*.ts',
    'server/**/*.ts',
    'db/**/*.ts',
    'sandbox/**/*.ts',
    '!sandbox/frames/browser/**',
    // Types only: nothing in them runs, and V8 counts all of their lines as missed.
    '!server/catalog/{identity/identity,kinds/kind}.ts',
    '!server/desk/{exports/format,order/moment}.ts',
    '!server/{memory,texts/types,web/notices}.ts',
  ],
  coverageReporters: ['text'],
  testTimeout: 30_000,
  ...(strict && {
    coverageThreshold: { global: {}, './server/': { statements: 95 }, './db/': { statements: 95 } },
  }),
}
