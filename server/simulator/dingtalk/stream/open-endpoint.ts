import { textOf, type Endpoint } from '../api/call.ts';
import { knowsApp } from '../api/oauth.ts';
import { ApiRefusal } from '../refusals.ts';

/** Where connections are made, below the simulator's own address. */
export const CONNECT_PATH = '/connect';

const TYPES: readonly unknown[] = ['EVENT', 'CALLBACK', 'SYSTEM'];

/**
 * `POST /v1.0/gateway/connections/open` (protocols/dingtalk.md §10): an address and a ticket for one connection. It wants no token, the
 * app's credentials are in the body; wrong ones are 401 `authFailed` (observed, zfanswer/dify-on-dingtalk issue 28).
 */
export const openConnection: Endpoint = ({ company, body, base }) => {
  const appKey = textOf(body.clientId);
  if (!knowsApp(company, appKey, textOf(body.clientSecret)))
    throw new ApiRefusal('authFailed', '鉴权失败', 401);
  const { subscriptions } = body;
  if (!Array.isArray(subscriptions) || subscriptions.length === 0 || !subscriptions.every(isSubscription))
    throw new ApiRefusal(
      'invalidParameter',
      'subscriptions must list {type, topic}: type EVENT, CALLBACK or SYSTEM, and of EVENT the topic * only',
    );
  return {
    endpoint: `${base.replace(/^http/, 'ws')}${CONNECT_PATH}`,
    ticket: company.streams.tickets.issue(appKey),
  };
};

function isSubscription(given: unknown): boolean {
  const { type, topic } = (given ?? {}) as Readonly<Record<string, unknown>>;
  return TYPES.includes(type) && textOf(topic) !== null && (type !== 'EVENT' || topic === '*');
}
