import { defineConfig } from 'vitest/config';

/** Where .ci/run wants the results as JSON, to count them. */
const report = process.env['TUMEN_TEST_REPORT'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    env: { TZ: 'UTC' },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
