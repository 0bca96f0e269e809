import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each file starts real children, servers or a browser; two at a time suit two cores.
    maxWorkers: 2,
    pool: 'forks',
    reporters: ['default', './test/support/tell-skipped.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
