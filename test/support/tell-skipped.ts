import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';
import { hasChromium } from './chromium.ts';

/** What a machine lacks for some tests, and how to get it. */
const NEEDS: readonly { of: (test: TestCase) => boolean; needs: string }[] = [
  {
    of: ({ module }) => !hasChromium && module.moduleId.includes('/test/browser/'),
    needs: 'browser tests need Chromium: apt-get install chromium',
  },
  {
    // In files that run on both databases one test stands for all of them (databases.ts).
    of: ({ fullName }) => fullName.includes('PostgreSQL'),
    needs: 'tests on PostgreSQL need it: apt-get install postgresql',
  },
];

/** Whether a test was left out for a hook around it that failed: that is told as a failure. */
function isForFailure({ parent }: TestCase | TestSuite): boolean {
  return parent.errors().length > 0 || (parent.type === 'suite' && isForFailure(parent));
}

/** Says at the end of a run what could not run on this machine, and what to install for it (docs/command-line.md). */
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
        if (isForFailure(test)) continue;
        const need = NEEDS.find(({ of }) => of(test))?.needs ?? `${module.relativeModuleId} skipped tests`;
        told.set(need, (told.get(need) ?? 0) + 1);
      }
    if (told.size === 0) return;
    process.stdout.write('\nNot run on this machine:\n');
    for (const [need, count] of told)
      process.stdout.write(`  ${count} ${count === 1 ? 'test' : 'tests'}: ${need}\n`);
  }
}
