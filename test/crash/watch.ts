import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import pg from 'pg';

/** What a process is seen doing from outside: its words to the database and over HTTP. The program knows nothing of it. */
export type Sight =
  /** `transaction`: what was said before it since BEGIN on the same connection, joined by lines; "" outside of one. */
  | {
      readonly of: 'sql';
      readonly when: 'before' | 'sent' | 'answered';
      readonly text: string;
      readonly transaction: string;
    }
  /** A call that a script makes. `made`: nothing of it has left. `sent`: all of it has. `answered`: the whole reply is here. */
  | { readonly of: 'call'; readonly when: 'made' | 'sent' | 'answered'; readonly to: string }
  /** An answer of the server's own that left. */
  | { readonly of: 'reply'; readonly when: 'sent'; readonly to: string };

/** Tells everything that this process does from now on, in the moment in which it does it. */
export function watch(see: (sight: Sight) => void): void {
  watchDatabase(see);
  const call = (channel: string, when: 'made' | 'sent' | 'answered'): void =>
    subscribe(channel, (message) => {
      const { request } = message as { request: { method: string; path: string } };
      see({ of: 'call', when, to: `${request.method} ${request.path}` });
    });
  call('undici:request:create', 'made');
  call('undici:request:bodySent', 'sent');
  call('undici:request:trailers', 'answered');
  subscribe('http.server.response.finish', (message) => {
    const { request } = message as { request: IncomingMessage };
    see({ of: 'reply', when: 'sent', to: `${request.method ?? ''} ${request.url ?? ''}` });
  });
}

type Callback = (error: unknown, result: unknown) => void;
type Query = (this: object, config: unknown, values?: unknown, callback?: unknown) => unknown;

/** At the driver, below knex and pg-boss: every statement on every connection, the embedded one's too. */
function watchDatabase(see: (sight: Sight) => void): void {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  const open = new WeakMap<object, string[]>();
  prototype.query = function watched(config, values, callback) {
    const text = typeof config === 'string' ? config : String((config as { text?: unknown } | null)?.text);
    if (/^begin\b/i.test(text)) open.set(this, []);
    const said = open.get(this);
    const transaction = said?.join('\n') ?? '';
    said?.push(text);
    if (/^(commit|rollback)\b(?! to)/i.test(text)) open.delete(this);
    const tell = (when: 'before' | 'sent' | 'answered'): void => see({ of: 'sql', when, text, transaction });
    const given = [callback, values].find((each): each is Callback => typeof each === 'function');
    const answered: Callback = (error, result) => {
      tell('answered');
      given?.(error, result);
    };
    tell('before');
    const params = typeof values === 'function' ? undefined : values;
    const result = query.call(this, config, params, given === undefined ? undefined : answered);
    tell('sent');
    if (given === undefined && result instanceof Promise)
      result.then(
        () => tell('answered'),
        () => tell('answered'),
      );
    return result;
  };
}
