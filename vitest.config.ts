import { defineConfig } from 'vitest/config';
import { TestOrder } from './tests/_support/test-order.ts';

/** One runner for every workspace: unit tests lie beside their source, tests that need processes in tests/. */
export default defineConfig({
  test: {
    include: [
      '{packages,services,web,bench,deployment,features}/**/*.test.ts',
      'tests/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    globalSetup: ['tests/_support/global-setup.ts'],
    // Deadlines against hanging, not measures of speed: many tests start processes, and machines are busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
    sequence: { sequencer: TestOrder },
  },
});
