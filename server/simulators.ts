import type { Context, Middleware, Next } from 'koa';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { createDingtalkSimulator, DINGTALK_PREFIX } from './simulator/dingtalk/index.ts';

/** The provider simulators within the hub (docs/simulator.md). */
export interface Simulators {
  readonly middleware: Middleware;
  close(): Promise<void>;
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a caller is on this machine and not behind a reverse proxy on it: only then may they decide approvals. */
function isNear(ctx: Context): boolean {
  const hostname = URL.parse(`http://${ctx.get('host')}`)?.hostname ?? '';
  const isForwarded = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    (name) => ctx.get(name) !== '',
  );
  return (
    LOOPBACK.test(ctx.req.socket.remoteAddress ?? '') && LOOPBACK_NAMES.includes(hostname) && !isForwarded
  );
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
      if (!config.simulatorForAll && !isNear(ctx)) {
        ctx.status = 403;
        ctx.body =
          'The simulator answers callers on its own machine only. Set SIMULATOR=on to open it to others.\n';
        return;
      }
      await dingtalk.middleware(ctx, next);
    },
    close: () => dingtalk.close(),
  };
}
