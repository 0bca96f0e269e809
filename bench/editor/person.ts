import type { Browser, BrowserContext } from 'playwright-core';
import { ADMIN_TOKEN } from '../hub/scene.ts';

/** Somebody who is signed in, and the hub as its API shows it. */
export interface Person {
  readonly url: string;
  /** Calls the API as ADMIN_TOKEN. @throws Error for every answer that is not good */
  readonly api: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** A browser window that has seen nothing of the hub yet. */
  readonly newWindow: () => Promise<BrowserContext>;
}

const ACCOUNT = { name: 'Li Lei', password: 'a sentence to remember' };

/** Makes an administrator and signs in. @param url of the hub */
export async function signIn(browser: Browser, url: string): Promise<Person> {
  const send = async (
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const all = { 'content-type': 'application/json', ...headers };
    const response = await fetch(`${url}/api/v1${path}`, { method, headers: all, ...json });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const api: Person['api'] = async (method, path, body) =>
    (await send(method, path, body, { authorization: `Bearer ${ADMIN_TOKEN}` })).json();
  await api('POST', '/users', { ...ACCOUNT, role: 'admin' });
  const { headers } = await send('POST', '/sign-in', ACCOUNT, { origin: url });
  const [pair = ''] = headers.getSetCookie()[0]?.split(';') ?? [];
  const [name = '', value = ''] = pair.split('=');
  return {
    ...{ url, api },
    async newWindow() {
      const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
      await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
      return context;
    },
  };
}
