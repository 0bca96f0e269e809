#!/usr/bin/env node
import './check-node.js';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// The reader of our output has gone (`| head`): not an error, and nobody is left to report it to.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Reuse compiled code. In the project's own folder: in a shared one, others could plant code that would run as this user.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/countersign', import.meta.url)));
const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
