// The suites of the lab, one after the other: each has the machine for itself.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Which of them run, run.ts says.
    include: ['test/lab/suites/*.suite.ts', 'bench/*.suite.ts'],
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    reporters: ['verbose', ['json', { outputFile: 'reports/lab.json' }]],
  },
});
