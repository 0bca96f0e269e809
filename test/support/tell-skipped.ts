import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** What a machine lacks for the tests of a folder, and how to get it. */
const NEEDS: readonly { folder: string; needs: string }[] = [
  { folder: '/test/browser/', needs: 'browser tests need Chromium: apt-get install chromium' },
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
    for (const module of modules) {
      const skipped = [...module.children.allTests('skipped')].length;
      if (skipped === 0) continue;
      const need =
        NEEDS.find(({ folder }) => module.moduleId.includes(folder))?.needs ??
        `${module.relativeModuleId} skipped tests`;
      told.set(need, (told.get(need) ?? 0) + skipped);
    }
    if (told.size === 0) return;
    process.stdout.write('\nNot run on this machine:\n');
    for (const [need, count] of told)
      process.stdout.write(`  ${count} ${count === 1 ? 'test' : 'tests'}: ${need}\n`);
  }
}
