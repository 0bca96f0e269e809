import type { Channel } from '../channels/channel.ts';
import type { Log } from '../log.ts';
import type { Providers } from '../providers/load.ts';
import { createDemo, MADE_BY } from './create.ts';
import type { DemoServices } from './create.ts';
import { introduceAll } from './introduce.ts';
import { answers, registerAtSimulator } from './register.ts';
import type { Fetch } from './register.ts';
import { demoChannelId } from './store.ts';

/** What the demo is made with. */
export interface DemoDeps extends DemoServices {
  readonly providers: Providers;
}

export interface DemoStart extends DemoDeps {
  /** Where this server listens, without a slash at the end. */
  readonly baseUrl: string;
  readonly log: Log;
  readonly request?: Fetch;
}

/**
 * Makes the demo at the first start, and at every start puts it in order: the simulator within this process has forgotten the
 * demo's app and those of other channels at it, and the port may be another one. To be called when the server answers. A demo that cannot be had stops no start:
 * the log says why.
 */
export async function makeDemo({
  providers,
  baseUrl,
  log,
  request = fetch,
  ...services
}: DemoStart): Promise<void> {
  const { knex, channels } = services;
  try {
    const [known] = providers.values();
    if (known !== undefined) {
      const { simulatorPath } = known.provider.demo;
      const made = await createDemo(services, known.provider, baseUrl + simulatorPath);
      if (made !== undefined) log.info({ channelId: made }, 'a demo was made at the simulator');
    }
    const id = await demoChannelId(knex);
    // A person may have deleted it, and that is for ever.
    const channel = id === null ? undefined : await channels.find(knex, id);
    if (channel !== undefined && isAtSimulator(channel)) {
      const ready = await moved(services, channel, baseUrl, request);
      await registerAtSimulator(ready, `${baseUrl}/callbacks/${channel.id}`, request);
    }
    for (const { provider } of providers.values())
      await introduceAll({ knex, channels, baseUrl, log, request }, provider.demo.simulatorPath);
  } catch (err) {
    log.warn({ err }, 'the demo is not in order');
  }
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether the demo still is one: a person may have pointed it at the real provider. */
function isAtSimulator({ stage, provider }: Channel): boolean {
  const base = URL.parse(stage.apiBaseUrl);
  return base !== null && LOOPBACK.includes(base.hostname) && base.pathname === provider.demo.simulatorPath;
}

/** The channel, brought to the simulator of this process unless it is at another one that runs (`countersign simulator`). */
async function moved(
  { knex, writer }: DemoServices,
  channel: Channel,
  baseUrl: string,
  request: Fetch,
): Promise<Channel> {
  const apiBaseUrl = baseUrl + channel.provider.demo.simulatorPath;
  if (channel.stage.apiBaseUrl === apiBaseUrl || (await answers(channel.stage.apiBaseUrl, request)))
    return channel;
  return knex.transaction((trx) =>
    // The simulator of this very process, at its new port.
    writer.change(trx, channel.id, { apiBaseUrl }, MADE_BY, { isSamePlace: true }),
  );
}
