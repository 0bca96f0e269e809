import type { Channel } from '../channels/channel.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import type { Log } from '../log.ts';
import { registerAtSimulator } from './register.ts';
import type { Fetch } from './register.ts';
import { channelsAt } from './store.ts';

export interface IntroduceDeps {
  readonly knex: Db;
  readonly channels: Pick<ChannelStore, 'find'>;
  /** Where this server and its simulators listen, without a slash at the end. */
  readonly baseUrl: string;
  readonly log: Log;
  readonly request?: Fetch;
}

/**
 * Does for a channel at this server's own simulator what a person does in the provider's console: tells it the app, its keys and where
 * its events go. Apps of the demo's family (`ding-demo`, `ding-demo-…`) are the hub's to tell of; others are left to who made them. An
 * app has one callback URL, so of several channels of one app the oldest has the events. What goes wrong is told by the log.
 */
export async function introduce(
  { knex, baseUrl, log, request = fetch }: Omit<IntroduceDeps, 'channels'>,
  channel: Channel,
): Promise<void> {
  const { stage, provider, id } = channel;
  const { appId, appSecret, simulatorPath } = provider.demo;
  const isOfFamily = stage.appId === appId || stage.appId.startsWith(`${appId}-`);
  if (stage.apiBaseUrl !== baseUrl + simulatorPath || !isOfFamily) return;
  try {
    const [oldest] = await channelsAt(knex, stage.apiBaseUrl, stage.appId);
    if (oldest !== id) return;
    // The app's own secret, not the one that was typed in here: a wrong one is to be refused.
    const app = { ...channel, stage: { ...stage, appSecret } };
    await registerAtSimulator(app, `${baseUrl}/callbacks/${id}`, request);
  } catch (err) {
    log.warn({ err, channelId: id }, 'the simulator was not told of a channel’s app');
  }
}

/** The same for every channel that is there, at a start: the simulator within this process has forgotten them. */
export async function introduceAll(deps: IntroduceDeps, simulatorPath: string): Promise<void> {
  for (const id of await channelsAt(deps.knex, deps.baseUrl + simulatorPath)) {
    const channel = await deps.channels.find(deps.knex, id);
    if (channel !== undefined) await introduce(deps, channel);
  }
}
