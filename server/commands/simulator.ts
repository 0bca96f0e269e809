import { serveSimulators } from '../simulator/serve.ts';
import type { Output } from './run-stage.ts';
import { UsageError } from './usage-error.ts';

/** A TCP port as typed. @throws UsageError */
export function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port ${text}: a port is a number from 0 to 65535.`);
  return port;
}

/** `countersign simulator`: the provider simulators alone, until SIGINT or SIGTERM. @returns the exit code */
export async function simulatorCommand(options: { port: string }, output: Output): Promise<0> {
  const port = portOf(options.port);
  const server = await serveSimulators({
    port,
    host: '127.0.0.1',
    log: (line) => output.err(`${line}\n`),
  }).catch((error: unknown) => {
    throw new UsageError((error as Error).message);
  });
  output.out(
    `DingTalk simulator: ${server.url}/simulator/dingtalk\nOpen it in a browser to see and decide approvals; Ctrl+C ends it.\n`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.close();
  return 0;
}
