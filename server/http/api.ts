import Router from '@koa/router';
import type { Context, Middleware, Next } from 'koa';
import { AppError } from '../errors.ts';
import { mayDo } from '../contract/role.ts';
import { callerAddress } from './address.ts';
import { readJson } from './body.ts';
import { checkBody, checkNames } from './check-input.ts';
import type { Answer, Caller, Endpoint, Request } from './endpoint.ts';
import type { FrameState } from './frame.ts';

/** Where the API lives. */
const API_PREFIX = '/api/v1';

/** Header names are in lower case. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

export interface Credentials {
  readonly method: string;
  readonly headers: RequestHeaders;
}

export interface ApiDeps {
  readonly endpoints: readonly Endpoint[];
  /** @throws AppError when what was given is wrong, rather than absent */
  readonly authenticate: (credentials: Credentials) => Promise<Caller | undefined>;
  /** Sees every answer of an endpoint before it leaves; what it throws is answered with 500. */
  readonly onAnswer?: (endpoint: Endpoint, status: number, body: unknown) => void;
}

const NOBODY: Caller = { kind: 'nobody', id: '', name: 'nobody', role: 'viewer' };

/**
 * The HTTP API: finds the endpoint, lets in who may, checks what was given, and answers. Stands inside `frame`, which tells what
 * is thrown here. Requests beside /api/v1 pass by.
 */
export function createApi({ endpoints, authenticate, onAnswer }: ApiDeps): Middleware {
  // `/tasks/export` before `/tasks/:taskId`, in whatever order they were declared.
  const router = new Router({ prefix: API_PREFIX, sensitive: true, exclusive: 'specificity' });
  for (const endpoint of endpoints) {
    router.register(endpoint.path, [endpoint.method], async (ctx) => {
      const answer = await answerFor(endpoint, ctx, authenticate);
      onAnswer?.(endpoint, answer.status, answer.body);
      send(ctx, answer);
    });
  }
  const route = router.routes() as Middleware;
  return async function api(ctx: Context, next: Next) {
    if (ctx.path === API_PREFIX || ctx.path.startsWith(`${API_PREFIX}/`)) {
      // What the API says is of this moment and for this caller.
      ctx.set('cache-control', 'no-store');
      await route(ctx, () => refuseUnmatched(ctx));
    } else await next();
  };
}

async function answerFor(
  endpoint: Endpoint,
  ctx: Context,
  authenticate: ApiDeps['authenticate'],
): Promise<Answer> {
  const headers = plainHeaders(ctx);
  const caller = endpoint.role === 'anyone' ? NOBODY : await authenticate({ method: ctx.method, headers });
  if (caller === undefined)
    throw new AppError('UNAUTHENTICATED', 'Sign in, or send the header Authorization: Bearer <token>.');
  const state = ctx.state as FrameState;
  if (caller.kind !== 'nobody') state.caller = caller;
  if (endpoint.role !== 'anyone' && !mayDo(caller.role, endpoint.role))
    throw new AppError(
      'FORBIDDEN',
      `This needs the role ${endpoint.role}; ${caller.name} is ${caller.role}.`,
    );

  const params = checkNames(endpoint.params, ctx.params as Record<string, string>, 'path');
  const query = checkNames(endpoint.query, ctx.query, 'query');
  const body = endpoint.body === undefined ? undefined : await bodyFor(endpoint, ctx);
  const request: Request<unknown, unknown, unknown> = {
    ...{ params, query, body, headers, caller },
    requestId: state.requestId,
    address: callerAddress(ctx.req),
    signal: signalOf(ctx),
  };
  return endpoint.handle(request as Request<never, never, never>);
}

async function bodyFor({ body: schema, bodyOptional, role }: Endpoint, ctx: Context): Promise<unknown> {
  const given = await readJson(ctx, role === 'anyone');
  if (schema === undefined || (given === undefined && bodyOptional === true)) return undefined;
  if (given === undefined)
    throw new AppError('INVALID_INPUT', 'A JSON body must be sent.', {
      errors: [{ path: 'body', message: 'must be given' }],
    });
  return checkBody(schema, given);
}

function send(ctx: Context, { status, body, headers }: Answer): void {
  // An absent body would become the status in words; and null makes a 204 of it, so the status comes after.
  ctx.body = body ?? null;
  ctx.status = status;
  if (headers !== undefined) ctx.set(headers);
}

/** 405 names what would do; OPTIONS is answered without a word about other origins: they have no business here. */
function refuseUnmatched(ctx: Context): Promise<void> {
  const matched = (ctx as { matched?: { methods: string[] }[] }).matched ?? [];
  const allowed = [...new Set(matched.flatMap(({ methods }) => methods))].sort().join(', ');
  if (allowed === '') throw new AppError('NOT_FOUND', `There is nothing at ${ctx.path}.`);
  ctx.set('allow', allowed);
  if (ctx.method !== 'OPTIONS')
    throw new AppError('METHOD_NOT_ALLOWED', `${ctx.method} does not work here; ${allowed} would.`);
  ctx.status = 204;
  return Promise.resolve();
}

const plainHeaders = (ctx: Context): RequestHeaders =>
  Object.fromEntries(
    Object.entries(ctx.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

/** Aborted when the caller closes the connection before the answer. */
function signalOf(ctx: Context): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) gone.abort(new Error('The caller closed the connection.'));
  });
  return gone.signal;
}
