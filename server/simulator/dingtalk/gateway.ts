import { randomUUID } from 'node:crypto';
import type Koa from 'koa';
import type { App } from './apps.ts';
import { wait } from './clock.ts';
import type { Company } from './company.ts';
import { BadBody, readText, type Fields } from './http.ts';
import type { Route } from './api/call.ts';
import { toXml } from './xml.ts';

export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** What sets one API family apart: names, where the token goes, how it refuses. */
export interface Family {
  /** Throws the family's refusal for a wrong path or method. */
  find(method: string, path: string): { readonly route: Route; readonly segment: string };
  /** The app of the token. Throws the family's refusal. */
  authenticate(
    company: Company,
    from: { readonly header: (name: string) => string; readonly query: URLSearchParams },
  ): App;
  /** The body's fields. Throws the family's refusal. */
  parse(text: string, contentType: string): Fields;
  readonly trouble: { throttled(): Error; broken(): Error };
  success(body: object, requestId: string): Answer;
  /** The family's answer to one of its refusals; null for an error that is none. */
  failure(error: unknown, requestId: string): Answer | null;
}

const HTML =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

/** An app that open endpoints (token, robot) are called with: there is nobody yet. */
const NOBODY: App = { appKey: '', appSecret: '', callback: null };

/** Answers one call of a family, faults included. `path` is the path below the simulator's prefix. */
export async function answer(
  family: Family,
  company: Company,
  ctx: Koa.Context,
  path: string,
  closing: AbortSignal,
): Promise<void> {
  const text = await readText(ctx).catch((error: unknown) => {
    if (error instanceof BadBody) return ctx.throw(error.status, error.message);
    throw error;
  });
  const { latencyMs, htmlRate } = company.faults;
  if (latencyMs) await wait(company.clock, latencyMs, closing);
  if (strikes(htmlRate)) {
    ctx.type = 'html';
    ctx.body = HTML;
    return;
  }
  const { answer, lost, asXml } = await run(family, company, ctx, path, text);
  if (lost) {
    // It happened, but the caller will not hear of it.
    ctx.respond = false;
    ctx.req.socket.destroy();
    return;
  }
  ctx.status = answer.status;
  ctx.set('Date', new Date(company.clock.now()).toUTCString());
  ctx.set(answer.headers);
  ctx.type = asXml ? 'application/xml' : 'application/json';
  ctx.body = asXml ? toXml(answer.body) : JSON.stringify(answer.body);
}

async function run(
  family: Family,
  company: Company,
  ctx: Koa.Context,
  path: string,
  text: string,
): Promise<{ readonly answer: Answer; readonly lost: boolean; readonly asXml: boolean }> {
  let asXml = false;
  const requestId = randomUUID().toUpperCase();
  const { throttleRate, http500Rate } = company.faults;
  const query = new URLSearchParams(ctx.querystring);
  try {
    if (strikes(throttleRate)) throw family.trouble.throttled();
    if (strikes(http500Rate)) throw family.trouble.broken();
    const { route, segment } = family.find(ctx.method, path);
    asXml = route.xml === true && !/\bapplication\/json\b/i.test(ctx.get('accept'));
    const from = { header: (name: string): string => ctx.get(name), query };
    const app = route.open ? NOBODY : family.authenticate(company, from);
    const body = family.parse(text, ctx.get('content-type'));
    const base = baseOf(ctx, path, company.publicUrl);
    const result = await route.run({ company, app, query, body, segment, base });
    return {
      answer: family.success(result, requestId),
      lost: route.creates === true && company.losesCreateResponse(),
      asXml,
    };
  } catch (error) {
    const refusal = family.failure(error, requestId);
    if (!refusal) throw error;
    return { answer: refusal, lost: false, asXml };
  }
}

/** Where the caller reached the simulator; behind PUBLIC_URL's proxy it is that one who knows whether TLS is spoken. */
function baseOf(ctx: Koa.Context, path: string, publicUrl: string | null): string {
  const own = publicUrl === null ? null : new URL(publicUrl);
  const protocol = own?.host === ctx.host ? own.protocol : `${ctx.protocol}:`;
  return `${protocol}//${ctx.host}${ctx.path.slice(0, ctx.path.length - path.length)}`;
}

const strikes = (rate: number | undefined): boolean => rate !== undefined && Math.random() < rate;
