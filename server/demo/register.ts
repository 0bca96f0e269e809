import type { Channel } from '../channels/channel.ts';

/** How the simulators are spoken to; the world's own `fetch` in the product. */
export type Fetch = typeof fetch;

/** A simulator on this machine answers at once. */
const PATIENCE_MS = 5_000;

/** Whether a simulator answers there. */
export async function answers(apiBaseUrl: string, request: Fetch): Promise<boolean> {
  try {
    const url = `${apiBaseUrl}/_control/instances`;
    return (await request(url, { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    // Nobody there: that is an answer too.
    return false;
  }
}

/**
 * Makes a channel's app known to its simulator, which forgets at every start of its own: keys, and where its events go
 * (docs/simulator.md). The simulator then checks the callback URL as the provider would. A channel without keys
 * gets no events, a persistent one gets them over its connection.
 * @throws Error in the simulator's words
 */
export async function registerAtSimulator(
  { stage, callbackKeys, row }: Pick<Channel, 'stage' | 'callbackKeys' | 'row'>,
  callbackUrl: string,
  request: Fetch,
): Promise<void> {
  const { appId: appKey, appSecret, apiBaseUrl } = stage;
  const { token, aesKey } = callbackKeys;
  const takesEvents = row.callback_type === 'webhook' && token !== '' && aesKey !== '';
  const response = await request(`${apiBaseUrl}/_control/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appKey, appSecret, ...(takesEvents && { token, aesKey, callbackUrl }) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The simulator answered ${response.status}: ${text}`);
  if (!takesEvents) return;
  const { callbackCheck } = JSON.parse(text) as { callbackCheck?: { ok: boolean; detail: string } };
  if (callbackCheck?.ok !== true)
    throw new Error(`The simulator cannot push events to ${callbackUrl}: ${callbackCheck?.detail ?? text}`);
}
