import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** What a machine lacks for some tests, and how to get it. */
const NEEDS: readonly { of: (test: TestCase) => boolean; needs: string }[] = [
  {
    of: ({ module }) => module.moduleId.includes('/test/browser/'),
    needs: 'browser tests need Chromium: apt-get install chromium',
  },
  {
    // In files that run on both databases one test stands for all of them (databases.ts).
    of: ({ fullName }) => fullName.includes('PostgreSQL'),
    needs: 'tests on PostgreSQL need it: apt-get install postgresql',
  },
];

/** Says at the end of a run what could not run on this machine, and what to install for it (contract: commands). */
export default class TellSkipped implements Reporter {
  private isFiltered = false;

  onInit(vitest: Vitest): void {
    // Who asked for some tests by name knows that the others were left out.
    this.isFiltered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.isFiltered) return;
    const told = new Map<string, number>();
    for (const module of modules)
      for (const test of module.children.allTests('skipped')) {
        const need = NEEDS.find(({ of }) => of(test))?.needs ?? `${module.relativeModuleId} skipped tests`;
        told.set(need, (told.get(need) ?? 0) + 1);
      }
    if (told.size === 0) return;
    process.stdout.write('\nNot run on this machine:\n');
    for (const [need, count] of told)
      process.stdout.write(`  ${count} ${count === 1 ? 'test' : 'tests'}: ${need}\n`);
  }
}
