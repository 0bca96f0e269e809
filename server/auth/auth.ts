import type { Middleware } from 'koa';
import type { OidcConfig } from '../config.ts';
import type { Db } from '../db/database.ts';
import type { Credentials, RequestHeaders } from '../http/api.ts';
import type { Caller, Endpoint } from '../http/endpoint.ts';
import type { Log } from '../log.ts';
import type { Sealer } from '../secrets/seal.ts';
import { createAttempts } from './attempts.ts';
import { authenticate, sessionOf } from './authenticate.ts';
import { cookiesFor } from './cookies.ts';
import { createOidc } from './oidc.ts';
import { createPages } from './pages/routes.ts';
import { sessionEndpoints } from './session-routes.ts';
import { tokenEndpoints } from './token-routes.ts';
import { createTokenFinder } from './tokens.ts';
import { userEndpoints } from './user-routes.ts';

export interface AuthDeps {
  readonly db: Db;
  readonly log: Log;
  /** ADMIN_TOKEN of the settings. */
  readonly adminToken: string | undefined;
  /** Seals what a browser keeps for us while it is at the OIDC issuer. */
  readonly sealer: Sealer;
  /** Where people find this server, without a slash at the end. */
  readonly publicUrl: string;
  readonly oidc: OidcConfig | undefined;
  /** Milliseconds; for counting wrong passwords. What is stored goes by the database's clock. */
  readonly now?: () => number;
}

export interface Auth {
  readonly authenticate: (credentials: Credentials) => Promise<Caller | undefined>;
  /** Whether a request carries the cookie of a session that runs. */
  readonly isSignedIn: (headers: RequestHeaders) => Promise<boolean>;
  /** Sessions, users and tokens. */
  readonly endpoints: readonly Endpoint[];
  /** The pages at /sign-in; requests beside them pass by. */
  readonly pages: Middleware;
}

/** Who may do what: sign-in, sessions, users, API tokens. */
export function createAuth(given: AuthDeps): Auth {
  const { db, oidc, now = Date.now } = given;
  const deps = {
    ...given,
    cookies: cookiesFor(given.publicUrl),
    attempts: createAttempts(now),
    tokens: createTokenFinder(db, now),
    oidc: oidc === undefined ? undefined : createOidc({ ...given, config: oidc }),
  };
  return {
    authenticate: (credentials) => authenticate(deps, credentials),
    isSignedIn: async (headers) => (await sessionOf(deps, headers)) !== undefined,
    endpoints: [...sessionEndpoints(deps), ...userEndpoints(deps), ...tokenEndpoints(deps)],
    pages: createPages(deps),
  };
}
