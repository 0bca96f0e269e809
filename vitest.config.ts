import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each file starts real children, servers or a browser; two at a time suit two cores.
    maxWorkers: 2,
    pool: 'forks',
    // Serves migrated databases to copy, and the PostgreSQL cluster of this run.
    globalSetup: ['./test/support/database-templates.ts'],
    reporters: ['default', './test/support/tell-skipped.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
