// Plain JavaScript that any Node understands: every entry point runs it first, before TypeScript is loaded.
import { readFileSync } from 'node:fs';

const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [wanted] = dependencies.node.split('.');
if (process.versions.node.split('.')[0] !== wanted) {
  console.error(
    `Countersign runs on Node ${wanted}, which it brings along, but this is ${process.version}. ` +
      'Start it with npx or npm run; if you did, "npm rebuild node isolated-vm" (or "npm ci") repairs the installation.',
  );
  process.exit(2);
}
