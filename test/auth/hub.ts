import { z } from 'zod';
import { createAuth } from '../../server/auth/auth.ts';
import type { AuthDeps } from '../../server/auth/auth.ts';
import { auditEndpoints } from '../../server/audit/routes.ts';
import { ROLES } from '../../server/contract/role.ts';
import type { Role } from '../../server/contract/role.ts';
import type { Database } from '../../server/db/database.ts';
import { endpoint } from '../../server/http/endpoint.ts';
import { createSealer } from '../../server/secrets/seal.ts';
import { listen, readableLog, serve } from '../http/serve.ts';

const SECRET_KEY = 'a secret key of forty characters, or more';
export const ADMIN_TOKEN = 'the-admin-token-of-the-settings';
export const PASSWORD = 'correct horse battery';

/** The hub as far as signing in goes, over HTTP. */
export interface Hub {
  readonly url: string;
  readonly database: Database;
  readonly log: Record<string, unknown>[];
  /** Moves the clock by which wrong passwords are counted, in minutes. */
  wait(minutes: number): void;
  /** By ADMIN_TOKEN. */
  admin(method: string, path: string, body?: unknown): Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // The server holds it against the API's document; a test looks at what it is about.
  readonly body: Record<string, unknown>;
}

/** Serves a hub on a database; one endpoint a role besides those of the room. */
export async function startHub(database: Database, settings: Partial<AuthDeps> = {}): Promise<Hub> {
  const { server, url } = await listen();
  const { log, lines } = readableLog();
  let clock = Date.now();
  const auth = createAuth({
    ...{ db: database.knex, log, adminToken: ADMIN_TOKEN },
    ...{ sealer: createSealer(SECRET_KEY), publicUrl: url, oidc: undefined, now: () => clock },
    ...settings,
  });
  const needing = (role: Role) =>
    endpoint({
      ...{ method: 'get', path: `/as/${role}`, role, tag: 'test', summary: role },
      answers: { 200: { description: 'ok', schema: z.object({ name: z.string() }) } },
      handle: ({ caller }) => ({ status: 200, body: { name: caller.name } }),
    });
  serve(server, {
    ...{ log, authenticate: auth.authenticate, pages: auth.pages },
    https: settings.publicUrl?.startsWith('https:') ?? false,
    endpoints: [...auth.endpoints, ...auditEndpoints(database.knex), ...ROLES.map(needing)],
  });
  return {
    ...{ url, database, log: lines },
    wait: (minutes) => void (clock += minutes * 60_000),
    admin: (method, path, body) =>
      callApi(url, method, path, { body, headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }),
  };
}

export async function callApi(
  url: string,
  method: string,
  path: string,
  given: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { body, headers } = given;
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = (text === '' ? {} : JSON.parse(text)) as Reply['body'];
  return { status: response.status, headers: response.headers, body: parsed };
}

/** A browser as far as signing in goes: it keeps cookies, and its pages send the CSRF token. */
export interface Browser {
  readonly cookies: Map<string, string>;
  csrfToken: string;
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Opens a page, or sends a form; follows no redirect. */
  page(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  signIn(name: string, password?: string): Promise<Reply>;
}

/** @param address where it stands, as a proxy would tell */
export function openBrowser({ url }: { url: string }, address = '198.51.100.1'): Browser {
  const cookies = new Map<string, string>();
  const sent = (): Record<string, string> => ({
    'x-forwarded-for': address,
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  });
  const keep = (headers: Headers): void => {
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
  };
  const browser: Browser = {
    cookies,
    csrfToken: '',
    async api(method, path, body, headers = {}) {
      const own = { ...sent(), origin: url, 'x-csrf-token': browser.csrfToken };
      const reply = await callApi(url, method, path, { body, headers: { ...own, ...headers } });
      keep(reply.headers);
      if (typeof reply.body['csrfToken'] === 'string') browser.csrfToken = reply.body['csrfToken'];
      return reply;
    },
    async page(path, form, headers = {}) {
      const response = await fetch(new URL(path, url), {
        redirect: 'manual',
        headers: { ...sent(), ...(form !== undefined && { origin: url }), ...headers },
        ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
      });
      keep(response.headers);
      return response;
    },
    signIn: (name, password = PASSWORD) => browser.api('POST', '/sign-in', { name, password }),
  };
  return browser;
}

let users = 0;

/** A new user with a name of their own. @returns id and name */
export async function addUser(
  hub: Hub,
  role: Role = 'viewer',
  password: string | undefined = PASSWORD,
): Promise<{ id: string; name: string }> {
  const name = `user ${++users}`;
  const { status, body } = await hub.admin('POST', '/users', { name, role, password });
  if (status !== 201) throw new Error(`The user was not made: ${JSON.stringify(body)}`);
  return { id: body['id'] as string, name };
}
