import { defineConfig } from 'vitest/config';

/** One runner for every workspace: unit tests lie beside their source, tests that need processes in tests/. */
export default defineConfig({
  test: {
    include: ['{packages,services,bench}/**/*.test.ts', 'tests/**/*.test.ts', 'tools/**/*.test.ts'],
    globalSetup: ['tests/_support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
