import Koa from 'koa';
import type { Middleware } from 'koa';
import type { Health } from './operations/health.ts';
import type { Metrics } from './operations/metrics.ts';
import type { Log } from './log.ts';

/** The parts of the application, in order. Each answers its own paths and passes the others on. */
export interface AppParts {
  readonly health: Health;
  readonly metrics: Metrics;
  /** The provider simulators, when they run in this process. Like the callbacks they read raw bodies themselves. */
  readonly simulator: Middleware | undefined;
  readonly callbacks: Middleware;
  /** Security headers, request ids, log lines, problem documents: around all that follows. */
  readonly around: readonly Middleware[];
  /** Sign-in pages. */
  readonly pages: Middleware;
  /** Everything below /api/v1. */
  readonly api: Middleware;
  /** The editor: all other pages. */
  readonly editor: Middleware;
  readonly log: Log;
}

/** Error codes of a caller that closed the connection before the answer was sent. */
const GONE = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

/**
 * The hub's Koa application. It does not listen.
 */
export function createApp(parts: AppParts): Koa {
  const app = new Koa();
  app.on('error', (error: NodeJS.ErrnoException) => {
    // The caller has gone.
    if (GONE.has(error.code ?? '')) return;
    parts.log.error({ err: error }, 'an answer failed');
  });
  app.use(operations(parts));
  if (parts.simulator !== undefined) app.use(parts.simulator);
  const { callbacks, around, pages, api, editor } = parts;
  for (const part of [...around, callbacks, pages, api, editor]) app.use(part);
  return app;
}

/** Health and metrics (outside /api/v1, no login: docs/http-api.md). */
function operations({ health, metrics }: AppParts): Middleware {
  return async (ctx, next): Promise<void> => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      await next();
      return;
    }
    switch (ctx.path) {
      case '/healthz':
      case '/readyz': {
        const { status, body } = ctx.path === '/healthz' ? health.alive() : await health.ready();
        ctx.status = status;
        ctx.body = body;
        ctx.set('cache-control', 'no-store');
        return;
      }
      case '/metrics':
        ctx.type = metrics.contentType;
        ctx.body = await metrics.text();
        return;
      default:
        await next();
    }
  };
}
