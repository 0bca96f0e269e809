#!/usr/bin/env node
import './check-node.js';

// Whoever read our output has gone (`| head`): that is no fault, and there is nobody left to tell.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
