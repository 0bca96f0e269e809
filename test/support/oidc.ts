import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll } from 'vitest';

export const CLIENT = { clientId: 'countersign', clientSecret: 'a secret that the issuer knows' };

interface Person {
  sub: string;
  name?: string;
  preferred_username?: string;
}

/** A real OpenID Connect issuer on 127.0.0.1 whose people need no password. */
export interface Issuer {
  readonly url: string;
  /** Who is at the browser; undefined: somebody who cancels. */
  person: Person | undefined;
  /** Ends all connections and answers nobody any more; then does again. */
  away(): Promise<void>;
  back(): Promise<void>;
  /**
   * Goes through the issuer's pages as a browser would.
   * @param location where the hub sent the browser
   * @returns where the issuer sends it in the end
   */
  visit(location: string): Promise<string>;
}

/** @param redirectUri the only one that the issuer accepts */
export async function startIssuer(redirectUri: string): Promise<Issuer> {
  let answer: RequestListener = () => undefined;
  const server = createServer((request, response) => answer(request, response));
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = (): Promise<unknown> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  await listen(0);
  afterAll(close);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const issuer: Issuer = {
    ...{ url, person: undefined, back: () => listen(port), visit: (location) => follow(url, location) },
    async away() {
      await close();
    },
  };
  const provider = createProvider(url, redirectUri, () => issuer.person);
  const serve = provider.callback();
  answer = (request, response) => {
    if (request.url?.startsWith('/interaction/') === true)
      void decide(provider, issuer.person, request, response);
    else serve(request, response);
  };
  return issuer;
}

function createProvider(url: string, redirectUri: string, person: () => Issuer['person']): Provider {
  return new Provider(url, {
    clients: [
      {
        ...{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret },
        redirect_uris: [redirectUri],
      },
    ],
    jwks: {
      keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })],
    },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['signs the cookies of a test'] },
    claims: { profile: ['name', 'preferred_username'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ ...person(), sub }),
    }),
    // Nobody is asked to agree: the company decided that.
    async loadExistingGrant(ctx: {
      oidc: {
        provider: Provider;
        client: { clientId: string };
        session: { accountId: string };
      };
    }) {
      const { provider, client, session } = ctx.oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  });
}

async function decide(
  provider: Provider,
  person: Issuer['person'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const result =
    person === undefined
      ? { error: 'access_denied', error_description: 'The person cancelled.' }
      : { login: { accountId: person.sub } };
  const location = await provider.interactionResult(request, response, result);
  response.writeHead(303, { location }).end();
}

/** Follows redirects with cookies until one leads away from the issuer. */
async function follow(issuer: string, start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let location = start;
  for (let hop = 0; hop < 10 && location.startsWith(issuer); hop++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(location, { redirect: 'manual', headers: { cookie } });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (next === null) throw new Error(`The issuer answers ${response.status}: ${await response.text()}`);
    location = new URL(next, location).href;
  }
  return location;
}
