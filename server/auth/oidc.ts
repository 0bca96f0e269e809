import * as client from 'openid-client';
import { z } from 'zod';
import type { OidcConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../secrets/seal.ts';

/** What went wrong at the issuer, as far as the person at the browser can do something about it. */
export type OidcTrouble = 'unreachable' | 'denied' | 'stale' | 'refused';

export class OidcError extends Error {
  override readonly name = 'OidcError';
  readonly trouble: OidcTrouble;

  constructor(trouble: OidcTrouble, cause?: unknown) {
    super(`OIDC sign-in: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

/** Sign-in at the company's OpenID Connect issuer: code flow with PKCE, state and nonce. */
export interface Oidc {
  /**
   * @param next where the person goes on to afterwards; kept with the rest
   * @returns where to send the browser, and what it must keep until it comes back
   * @throws OidcError unreachable
   */
  start(next: string): Promise<{ location: string; kept: string }>;
  /**
   * @param search the query that the browser came back with, from its question mark on
   * @param kept what it kept
   * @throws OidcError
   */
  finish(search: string, kept: string | undefined): Promise<{ subject: string; name: string; next: string }>;
}

/** How long somebody may take at the issuer, in seconds. */
export const OIDC_PATIENCE_SECONDS = 600;
/** How long the issuer may take for each of our questions, in seconds. */
const ISSUER_SECONDS = 10;
const ABOUT = 'oidc sign-in';
export const OIDC_CALLBACK = '/sign-in/oidc/callback';

const keptShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  until: z.number(),
  next: z.string(),
});

export interface OidcDeps {
  readonly config: OidcConfig;
  readonly publicUrl: string;
  readonly sealer: Sealer;
  readonly log: Log;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Asks nothing of the issuer before somebody signs in, so that the server starts without it; a failed question is asked again. */
export function createOidc({ config, publicUrl, sealer, log, now = Date.now }: OidcDeps): Oidc {
  let discovered: Promise<client.Configuration> | undefined;

  async function issuer(): Promise<client.Configuration> {
    discovered ??= discover(config);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      log.error({ err: error, issuer: config.issuer }, 'the OIDC issuer does not answer as one');
      throw new OidcError('unreachable', error);
    }
  }

  return {
    async start(next) {
      const configuration = await issuer();
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const location = client.buildAuthorizationUrl(configuration, {
        redirect_uri: publicUrl + OIDC_CALLBACK,
        scope: 'openid profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...{ state, nonce },
      });
      const until = now() + OIDC_PATIENCE_SECONDS * 1000;
      return {
        location: location.href,
        kept: sealer.seal(JSON.stringify({ state, nonce, verifier, until, next }), ABOUT),
      };
    },
    async finish(search, sealed) {
      const kept = openKept(sealer, sealed);
      if (kept === undefined || kept.until < now()) throw new OidcError('stale');
      const configuration = await issuer();
      try {
        const answer = await client.authorizationCodeGrant(
          configuration,
          new URL(publicUrl + OIDC_CALLBACK + search),
          {
            expectedState: kept.state,
            expectedNonce: kept.nonce,
            pkceCodeVerifier: kept.verifier,
            idTokenExpected: true,
          },
        );
        const claims = answer.claims();
        if (claims === undefined) throw new Error('The issuer sent no ID token.');
        const name =
          nameIn(claims) ??
          nameIn(await client.fetchUserInfo(configuration, answer.access_token, claims.sub)) ??
          claims.sub;
        // Another issuer may give the same subject to somebody else. Named as it names itself, however the setting spells it.
        return { subject: `${claims.iss} ${claims.sub}`, name: storable(name), next: kept.next };
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble !== 'denied') log.error({ err: error, issuer: config.issuer }, 'OIDC sign-in failed');
        throw new OidcError(trouble, error);
      }
    },
  };
}

/** What openid-client calls an issuer that names itself otherwise than it was asked for. */
const OTHER_NAME = 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';

/** An issuer below a path may have a name that ends in a slash (authentik, Azure AD B2C); the setting comes without one. */
async function discover(config: OidcConfig): Promise<client.Configuration> {
  try {
    return await discoverAs(new URL(config.issuer), config);
  } catch (error) {
    if ((error as { code?: unknown }).code !== OTHER_NAME) throw error;
    return discoverAs(new URL(`${config.issuer}/`), config);
  }
}

async function discoverAs(url: URL, { clientId, clientSecret }: OidcConfig): Promise<client.Configuration> {
  // Without TLS only where nobody stands between: a test, or a proxy on this machine.
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return client.discovery(url, clientId, undefined, authenticationBy(clientSecret), {
    timeout: ISSUER_SECONDS,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out, as its note says
    ...(isLoopback && { execute: [client.allowInsecureRequests] }),
  });
}

/** OpenID Connect's default is client_secret_basic; some issuers know only client_secret_post, and say so. */
function authenticationBy(clientSecret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(clientSecret), client.ClientSecretPost(clientSecret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const knowsBasic = methods?.includes('client_secret_basic') ?? true;
    (knowsBasic ? basic : post)(server, ...rest);
  };
}

function openKept(sealer: Sealer, sealed: string | undefined): z.infer<typeof keptShape> | undefined {
  if (sealed === undefined) return undefined;
  try {
    return keptShape.parse(JSON.parse(sealer.open(sealed, ABOUT)));
  } catch {
    // Not ours, or of an earlier SECRET_KEY: the same as none.
    return undefined;
  }
}

/** As much of a name as a user's may be long, with room for a number behind it; without what the database cannot hold. */
const storable = (name: string): string =>
  name.normalize().replaceAll('\0', '').slice(0, 190).toWellFormed().trim() || 'unnamed';

function nameIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  const names = [claims['name'], claims['preferred_username'], claims['email']];
  return names.find((name): name is string => typeof name === 'string' && name.trim() !== '')?.trim();
}

function troubleOf(error: unknown): OidcTrouble {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied' ? 'denied' : 'refused';
  const { code, name } = error as { code?: unknown; name?: unknown };
  // State of another attempt, or a code that was used already: the browser had two sign-ins open, or went back.
  if (code === 'OAUTH_INVALID_RESPONSE') return 'stale';
  if (error instanceof client.ResponseBodyError && error.error === 'invalid_grant') return 'stale';
  if (code === 'OAUTH_TIMEOUT' || name === 'TimeoutError' || name === 'TypeError') return 'unreachable';
  return 'refused';
}
