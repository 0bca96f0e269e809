#!/usr/bin/env node
import './check-node.js';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Whoever read our output has gone (`| head`): that is no fault, and there is nobody left to tell.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// What was compiled once is not compiled again. In a folder of our own: code from one that others may write to would run as us.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/countersign', import.meta.url)));
const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
