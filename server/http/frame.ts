import { randomUUID } from 'node:crypto';
import type { Context, Middleware, Next } from 'koa';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Caller } from './endpoint.ts';
import { refusalOf } from './problem.ts';

export interface FrameDeps {
  readonly log: Log;
  /** Tells errors that only mean "not now": the database is away. */
  readonly isUnavailable: (error: unknown) => boolean;
}

/** What the frame puts on Koa's `ctx.state`; `caller` is put there by who finds out. */
export interface FrameState {
  requestId: string;
  caller?: Caller;
}

/** What may come from outside as a request id, and into a log. */
const SANE_ID = /^[\w.:/+=-]{1,128}$/;

/**
 * What goes around every request: an id for it, answered as x-request-id; one line in the log, with the path's pattern (a path
 * itself may hold a one-time link) and never a body; and a problem document for whatever is thrown further in.
 */
export function frame({ log, isUnavailable }: FrameDeps): Middleware {
  return async function frameRequest(ctx: Context, next: Next) {
    const started = performance.now();
    const given = ctx.get('x-request-id');
    const requestId = SANE_ID.test(given) ? given : randomUUID();
    const state = ctx.state as FrameState;
    state.requestId = requestId;
    ctx.set('x-request-id', requestId);
    let fault: unknown;
    try {
      await next();
      // Nobody had anything to say. A person at a browser reads Koa's own words.
      if (ctx.status === 404 && ctx.body === undefined && ctx.accepts('json', 'html') !== 'html')
        throw new AppError('NOT_FOUND', `There is nothing at ${ctx.path}.`);
    } catch (thrown) {
      const { problem, headers, isFault } = refusalOf(thrown, requestId, isUnavailable);
      if (isFault || problem.status === 503) fault = thrown;
      ctx.status = problem.status;
      ctx.body = problem;
      ctx.type = 'application/problem+json';
      ctx.set(headers);
    }
    const line = {
      requestId,
      method: ctx.method,
      route: (ctx as { _matchedRoute?: string })._matchedRoute ?? 'none',
      status: ctx.status,
      ms: Math.round(performance.now() - started),
      ...(state.caller !== undefined && { caller: state.caller.name }),
    };
    if (fault === undefined) log.info(line, 'request');
    else if (isGone(ctx)) log.info(line, 'request given up by its caller');
    else if (line.status === 503) log.warn({ ...line, why: (fault as Error).message }, 'request not now');
    else log.error({ ...line, err: fault }, 'request failed');
  };
}

/** Whether the caller has closed the connection before the answer. */
const isGone = (ctx: Context): boolean => ctx.res.destroyed;
