import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Context, Middleware, Next } from 'koa';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { createDingtalkSimulator, DINGTALK_PREFIX } from './simulator/dingtalk/index.ts';

/** The provider simulators within the hub (docs/simulator.md). */
export interface Simulators {
  readonly middleware: Middleware;
  /** Whether a request to change protocols is for a simulator, from somebody whom it answers. */
  isConnect(request: IncomingMessage): boolean;
  /** Takes such a request over. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a caller is on this machine and not behind a reverse proxy on it: only then may they decide approvals. */
function isNear({ headers, socket }: IncomingMessage): boolean {
  const hostname = URL.parse(`http://${headers.host ?? ''}`)?.hostname ?? '';
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    (name) => (headers[name] ?? '') !== '',
  );
  return LOOPBACK.test(socket.remoteAddress ?? '') && LOOPBACK_NAMES.includes(hostname) && !isForwarded;
}

/** The simulators' pages, for links. */
export const SIMULATOR_PAGES: readonly {
  readonly provider: string;
  readonly label: string;
  readonly path: string;
}[] = [{ provider: 'dingtalk', label: 'DingTalk', path: `${DINGTALK_PREFIX}/` }];

/**
 * Mounts the simulators: for callers on this machine only, unless SIMULATOR=on was set by hand.
 * @param publicUrl callbacks may go there too, not only to loopback
 */
export function mountSimulators(
  config: Pick<Config, 'simulatorForAll'>,
  publicUrl: string,
  log: Log,
): Simulators {
  const dingtalk = createDingtalkSimulator({
    publicUrl,
    log: (line) => log.info({ simulator: 'dingtalk' }, line),
  });
  return {
    async middleware(ctx: Context, next: Next): Promise<void> {
      const isTheirs = ctx.path === DINGTALK_PREFIX || ctx.path.startsWith(`${DINGTALK_PREFIX}/`);
      if (!isTheirs) {
        await next();
        return;
      }
      if (!config.simulatorForAll && !isNear(ctx.req)) {
        ctx.status = 403;
        ctx.body =
          'The simulator answers callers on its own machine only. Set SIMULATOR=on to open it to others.\n';
        return;
      }
      await dingtalk.middleware(ctx, next);
    },
    isConnect: (request) => dingtalk.isConnect(request) && (config.simulatorForAll || isNear(request)),
    upgrade: dingtalk.upgrade,
    close: () => dingtalk.close(),
  };
}
