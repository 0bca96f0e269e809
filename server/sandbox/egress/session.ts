import type { LimitName, TracedCall } from '../../contract/execution.ts';
import { collectFromMessage } from '../mask/message.ts';
import { watchChanges } from './changes.ts';
import type { Reply } from './exchange.ts';
import { refusalOf } from './failures.ts';
import type { Transport } from './live.ts';
import { readRequest } from './outgoing.ts';
import type { Outgoing, ScriptRequest } from './outgoing.ts';
import type { EgressPolicy } from './policy.ts';
import type { RecordedExchange } from './recorded.ts';
import { locationOf, nextHop } from './redirects.ts';
import { exceeded, httpError } from './refusal.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { routesOf } from './route.ts';
import type { Route } from './route.ts';
import { mergeHeaders, traceCall } from './trace.ts';
import type { TraceEntry } from './trace.ts';

/** What a script gets for a call. `url` is the last one of the redirects, as the script knows it. */
export type ScriptReply =
  | { ok: true; status: number; statusText: string; url: string; headers: [string, string][]; body: string }
  /** `sent`: something of the call had left before it failed, so it may have had its effect. */
  | { ok: false; code: RefusalCode; message: string; limit?: LimitName; sent?: true };

/** The HTTP calls of one run. */
export interface EgressSession {
  /** Makes one call. Never rejects: what goes wrong is an `ok: false` reply with words for the script's author. */
  call(request: ScriptRequest): Promise<ScriptReply>;
  /** All calls in the order they began, not masked: bodies cut at 16 KiB, calls cut off or denied included. */
  trace(): TracedCall[];
  /** The changing calls that have left, `POST https://…`, not masked. */
  changingCalls(): string[];
  /** The body of the run's first create call, whether it left or not; null when there was none. Not masked. */
  prepared(): string | null;
  /** Values that stood under secret-looking names in whole requests and replies; they join the run's secrets. */
  secrets(): string[];
  /** The calls that got a reply, whole and not masked; empty unless the session was opened with `record`. */
  exchanges(): RecordedExchange[];
  /** Ends the run's calls: those in flight are cut off, later ones refused. May be repeated. */
  close(): void;
}

export interface SessionOptions {
  /** Milliseconds, for durations only. */
  readonly now: () => number;
  readonly record: boolean;
}

const RUN_OVER = 'The run is over: its calls are cut off.';

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(3))} s`;

const hostOf = (url: string): string => URL.parse(url)?.host ?? 'nowhere';

const refused = ({ code, message, limit }: Refusal, sent = false): ScriptReply => ({
  ok: false,
  code,
  message,
  ...(limit === undefined ? {} : { limit }),
  ...(sent ? { sent } : {}),
});

/** Opens a run's session over a transport. Throws an Error when the policy itself is wrong (a bad base URL or allowed host). */
export function openSession(
  policy: EgressPolicy,
  transport: Transport,
  options: SessionOptions,
): EgressSession {
  const { limits } = policy;
  const routeOf = routesOf(policy);
  const changes = watchChanges(policy);
  const entries: TraceEntry[] = [];
  const secrets = new Set<string>();
  const exchanges: RecordedExchange[] = [];
  const running = new Set<AbortController>();
  let prepared: string | null = null;
  let begun = 0;
  let closed = false;

  async function send(hop: Outgoing, route: Route, entry: TraceEntry, signal: AbortSignal): Promise<Reply> {
    const planned = changes.plan(hop.method, hop.url, route.providerPath);
    entry.went(route.target, hop.headers);
    const { creates, changing } = planned;
    if (creates) prepared ??= hop.body;
    const call = { method: hop.method, url: hop.url.href, body: hop.body, creates, changing };
    const intend = async (): Promise<void> => {
      try {
        await policy.beforeCall?.(call);
      } catch (error) {
        throw httpError(
          `The call to ${hop.url.host} was not sent: that it was about to leave could not be noted.`,
          error,
        );
      }
    };
    const leaves = (): void => {
      planned.leaves();
      entry.left();
    };
    try {
      return await transport(hop, route, { signal, intend, leaves });
    } catch (error) {
      planned.failed();
      throw refusalOf(error, route);
    }
  }

  async function follow(
    first: Outgoing,
    entry: TraceEntry,
    signal: AbortSignal,
  ): Promise<{ reply: Reply; hop: Outgoing }> {
    let hop = first;
    for (let redirects = 0; ; redirects += 1) {
      const route = routeOf(hop.url);
      const reply = await send(hop, route, entry, signal);
      const location = locationOf(reply);
      if (location === null) return { reply, hop };
      if (redirects === limits.redirects)
        throw exceeded(
          'redirects',
          `${first.url.host} redirects more than ${limits.redirects} times: call the address it leads to.`,
        );
      hop = nextHop(hop, route.target, reply.status, location);
    }
  }

  async function attempt(
    request: ScriptRequest,
    entry: TraceEntry,
    signal: AbortSignal,
  ): Promise<ScriptReply> {
    const first = readRequest(request, limits);
    collectFromMessage(first.url.href, mergeHeaders(first.headers), first.body ?? '', secrets);
    const { reply, hop } = await follow(first, entry, signal);
    const headers = mergeHeaders(reply.headers);
    collectFromMessage(hop.url.href, headers, reply.body, secrets);
    if (options.record) {
      const { method, body } = first;
      const { status } = reply;
      const url = first.url.href;
      exchanges.push({
        method,
        url,
        ...(body === null ? {} : { requestBody: body }),
        status,
        headers,
        body: reply.body,
      });
    }
    entry.answered(reply);
    const { status, statusText, body } = reply;
    return {
      ok: true,
      status,
      statusText,
      url: hop.url.href,
      headers: reply.headers.map(([n, v]) => [n, v]),
      body,
    };
  }

  return {
    async call(request) {
      if (closed) return refused(httpError(RUN_OVER));
      begun += 1;
      // One line is enough to tell that a script goes on calling; a loop must not fill the trace.
      if (begun > limits.calls + 1) return refused(tooMany());
      const entry = traceCall(request, options.now);
      entries.push(entry);
      const clock = new AbortController();
      running.add(clock);
      const timedOut = httpError(
        `The call to ${hostOf(request.url)} timed out after ${seconds(limits.callMs)}.`,
      );
      const timer = setTimeout(() => clock.abort(timedOut), limits.callMs);
      try {
        if (begun > limits.calls) throw tooMany();
        return await attempt(request, entry, clock.signal);
      } catch (error) {
        const refusal = refusalOf(error, null);
        entry.failed(refusal);
        return refused(refusal, entry.hasLeft);
      } finally {
        clearTimeout(timer);
        running.delete(clock);
      }
    },
    trace: () => entries.map((entry) => entry.traced()),
    changingCalls: () => changes.left(),
    prepared: () => prepared,
    secrets: () => [...secrets],
    exchanges: () => [...exchanges],
    close() {
      closed = true;
      for (const clock of running) clock.abort(httpError(RUN_OVER));
    },
  };

  function tooMany(): Refusal {
    return exceeded(
      'httpCalls',
      `The script made more than ${limits.calls} HTTP calls: make fewer in one run.`,
    );
  }
}
