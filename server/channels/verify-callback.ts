import { kindOf, literalAddress } from '../sandbox/egress/address.ts';
import type { Channel } from './channel.ts';
import type { Step } from './verify.ts';

/** What is needed to look at a channel's callback URL. */
export interface CallbackLook {
  /** Without a slash at the end; what providers call back lies below it. */
  readonly publicUrl: () => string;
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const PATIENCE_MS = 3_000;
const DAY_MS = 86_400_000;
/** A push so lately is a better proof than a call of our own, which many networks do not let come back in. */
const LATELY_MS = 7 * DAY_MS;

/** Where a channel's provider must send its events. */
export const callbackUrlOf = (publicUrl: string, channelId: string): string =>
  `${publicUrl}/callbacks/${channelId}`;

/** Whether events can arrive: keys, a URL that the provider can reach, something that answers there. Registers nothing. */
export async function callbackStep(look: CallbackLook, channel: Channel): Promise<Step> {
  const url = callbackUrlOf(look.publicUrl(), channel.id);
  const wrong = (detail: string): Step => ({ name: 'callback URL', ok: false, detail });
  if (hasNoKeys(channel))
    return wrong(`Pushes are refused: set ${keyLabels(channel)}, as the provider shows them.`);
  // A provider that lives here itself (a simulator) finds any address of this machine.
  const { apiBaseUrl } = channel.stage;
  if (!isPublic(url) && (apiBaseUrl === '' || isPublic(apiBaseUrl)))
    return wrong(
      `The provider cannot reach ${url}: set PUBLIC_URL to the address by which the internet reaches this server.`,
    );
  const last = channel.lastCallbackAt;
  if (last !== null && look.now() - last.getTime() < LATELY_MS)
    return { name: 'callback URL', ok: true, detail: `${url}: the last push came at ${last.toISOString()}.` };
  const trouble = await reach(look, url);
  if (trouble !== null)
    return wrong(`${url} ${trouble}. Check PUBLIC_URL, its name in DNS, and the proxy before this server.`);
  const detail = last === null ? 'no push has come yet' : `the last push came at ${last.toISOString()}`;
  return {
    name: 'callback URL',
    ok: true,
    detail: `${url} answers; ${detail}. Saving it at the provider sends a first one.`,
  };
}

/** The protocol itself knows which keys it needs. */
function hasNoKeys({ protocol, callbackKeys }: Channel): boolean {
  const opening = protocol.openCallback({ query: {}, body: Buffer.alloc(0) }, callbackKeys);
  return 'refused' in opening && opening.refused === 'no keys';
}

const keyLabels = ({ provider }: Channel): string =>
  provider.fields
    .filter(({ key, secret }) => secret && key !== 'appSecret')
    .map(({ key }) => key)
    .join(' and ');

function isPublic(url: string): boolean {
  const { hostname } = new URL(url);
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return false;
  const address = literalAddress(hostname);
  return address === null || kindOf(address) === 'public';
}

/** Null when a server like this one answers there (it refuses what carries no signature), else what happened instead. */
async function reach(look: CallbackLook, url: string): Promise<string | null> {
  try {
    const response = await look.fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.body?.cancel();
    const { status } = response;
    if (status >= 500 || status === 404) return `answers ${status}`;
    return status >= 300 && status < 400 ? `redirects (${status}), which providers do not follow` : null;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return `does not answer within ${PATIENCE_MS / 1000} s`;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `cannot be reached from this server (${cause instanceof Error ? cause.message : String(cause)})`;
  }
}
