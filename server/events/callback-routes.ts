import { STATUS_CODES } from 'node:http';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { Channel } from '../channels/channel.ts';
import { isDatabaseAway } from '../db/away.ts';
import { AppError } from '../errors.ts';
import type { AppErrorCode } from '../errors.ts';
import { callerAddress } from '../http/address.ts';
import { isId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Observer } from '../metrics.ts';
import type { CallbackReply } from '../providers/protocol.ts';
import { TooLate, within } from './deadline.ts';
import { createFailureLimit } from './failure-limit.ts';
import { readBody } from './read-body.ts';
import type { Inbox } from './receive.ts';
import { shareLookups } from './shared-lookup.ts';

/** Far beyond any event; DingTalk's have some kilobytes. */
const LARGEST_BODY = 1024 * 1024;
/** DingTalk waits 2.5 s for an answer (protocols/dingtalk.md §7): nothing is gained by answering later than this. */
const PATIENCE_MS = 2_000;

export interface CallbackDeps {
  readonly findChannel: (id: string) => Promise<Channel | undefined>;
  readonly inbox: Inbox;
  readonly observe: Observer;
  readonly log: Log;
  /** Epoch milliseconds, for counting failures by the minute. */
  readonly now?: () => number;
  /** How long the body and the database may take, each, in milliseconds. */
  readonly patienceMs?: number;
}

/**
 * `POST|GET /callbacks/:channelId` (contract): the provider's callback, known by the provider's own signature. It reads raw
 * bytes: put it before any body parser. An event is acknowledged only after it was committed; whatever stands in the way is a
 * 503, so that the provider comes again.
 */
export function callbackRoutes({
  findChannel,
  inbox,
  observe,
  log,
  now = Date.now,
  patienceMs = PATIENCE_MS,
}: CallbackDeps): Middleware {
  const lookUp = shareLookups(findChannel);
  const limit = createFailureLimit(undefined, now);

  /** Decides on one push; knows no Koa, for it may go on after the answer left. */
  async function judge(id: string, query: Record<string, string>, body: Buffer): Promise<Verdict> {
    const channel = isId(id) ? await lookUp(id) : undefined;
    if (channel === undefined) return { status: 404, why: 'there is no such channel' };
    const opening = channel.protocol.openCallback({ query, body }, channel.callbackKeys);
    if ('refused' in opening) return { status: 401, why: opening.refused };
    const { reply, event } = opening;
    if (event === null) return { outcome: 'check', reply };
    const raw = { query, body: body.toString('utf8') };
    return { outcome: await inbox.receive({ channel, raw, event }), reply };
  }

  /** Refuses a push that cannot be verified. The sender learns nothing of why; the log does, as often as the limit lets it. */
  function refuse(ctx: Context, id: string, { status, why }: Refusal): void {
    const address = callerAddress(ctx.req);
    // Ids that are none count together: else each made-up one would have a limit of its own.
    const isTooMany = limit.isTooMany(address, status === 404 ? '' : id);
    if (!isTooMany) log.warn({ channelId: id.slice(0, 36), address, why }, 'a callback was refused');
    answerProblem(ctx, isTooMany ? 429 : status);
  }

  /** Answers one push. @returns what came of it, for counting */
  async function answer(ctx: Context, id: string): Promise<string> {
    const body = await readBody(ctx.req, LARGEST_BODY, patienceMs);
    if (!Buffer.isBuffer(body)) {
      // The rest of the body is not read.
      ctx.set('Connection', 'close');
      refuse(ctx, id, { status: body, why: 'its body is too large, too slow or broken off' });
      return 'refused';
    }
    // Of a parameter given twice, the first counts.
    const query = Object.fromEntries([...new URLSearchParams(ctx.querystring)].reverse());
    const verdict = await within(judge(id, query, body), patienceMs, (err) =>
      log.warn({ channelId: id, err }, 'an event that was refused for lack of time was not stored'),
    );
    if ('why' in verdict) {
      refuse(ctx, id, verdict);
      return 'refused';
    }
    ctx.status = verdict.reply.status;
    ctx.set(verdict.reply.headers);
    ctx.body = verdict.reply.body;
    return verdict.outcome;
  }

  async function receive(ctx: Context, id: string): Promise<void> {
    const startedAt = performance.now();
    let outcome = 'unavailable';
    try {
      outcome = await answer(ctx, id);
    } catch (err) {
      const isExpected = err instanceof TooLate || err instanceof AppError || isDatabaseAway(err);
      log[isExpected ? 'warn' : 'error']({ channelId: id, err }, 'an event was not acknowledged');
      answerProblem(ctx, 503);
    }
    observe.callbackAnswered(outcome, performance.now() - startedAt);
  }

  const router = new Router();
  router.register('/callbacks/:channelId', ['GET', 'POST'], (ctx) =>
    receive(ctx, ctx.params.channelId ?? ''),
  );
  router.all('/callbacks/:channelId', (ctx) => {
    ctx.set('Allow', 'GET, HEAD, POST');
    answerProblem(ctx, 405);
  });
  return router.routes() as Middleware;
}

type Status = keyof typeof CODES;

const CODES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'BAD_REQUEST',
  413: 'TOO_LARGE',
  429: 'TOO_MANY_ATTEMPTS',
  503: 'UNAVAILABLE',
} as const satisfies Record<number, AppErrorCode>;

/** A problem document without details: whoever cannot sign is told nothing. */
function answerProblem(ctx: Context, status: Status): void {
  ctx.status = status;
  if (status === 429) ctx.set('Retry-After', '60');
  if (status === 503) ctx.set('Retry-After', '10');
  ctx.body = { type: 'about:blank', title: STATUS_CODES[status], status, code: CODES[status] };
  ctx.type = 'application/problem+json';
}

interface Refusal {
  readonly status: Status;
  /** For the log. */
  readonly why: string;
}
type Verdict = Refusal | { readonly outcome: string; readonly reply: CallbackReply };
