import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each file starts real children, servers or a browser; three at a time suit two cores, for they wait a lot.
    maxWorkers: 3,
    pool: 'forks',
    // Files share what they import: loading the whole hub anew for each would cost more than their tests.
    isolate: false,
    // Serves migrated databases to copy, and the PostgreSQL cluster of this run.
    globalSetup: ['./test/support/database-templates.ts'],
    reporters: ['default', './test/support/tell-skipped.ts'],
    // A machine that guards main may be busy: what ran out of time there is tried once more.
    retry: process.env['CI'] === undefined ? 0 : 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
