import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import type { ChannelForm } from './channel-form.ts';
import { generatorOf } from './random-text.ts';

/**
 * What a channel at the simulator is made of: an app of its own, for an app's events go to one channel only, and a name of its own.
 * The hub tells its simulator of apps that are named so (server/demo/introduce.ts).
 * @param channels that there are
 * @param name if it is free
 * @param callbackType how events are to come
 */
export function simulatorForm(
  { appId, appSecret, defaultOriginator, url }: NonNullable<ProviderEntry['simulator']>,
  channels: readonly Pick<ShownChannel, 'name' | 'appId'>[],
  name: string,
  callbackType: string,
): ChannelForm {
  const names = new Set(channels.map((channel) => channel.name));
  const apps = new Set(channels.map((channel) => channel.appId));
  return {
    name: firstFree((number) => (number === 1 ? name : `${name} ${String(number)}`), names),
    appId: firstFree((number) => (number === 1 ? appId : `${appId}-${String(number)}`), apps),
    ...{ appSecret, defaultOriginator, apiBaseUrl: url },
    // Over a connection nothing comes that keys would verify.
    ...Object.fromEntries(
      ['token', 'aesKey'].map((key) => [
        key,
        callbackType === 'persistent' ? '' : (generatorOf(key)?.() ?? ''),
      ]),
    ),
  };
}

function firstFree(at: (number: number) => string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(at(number))) number += 1;
  return at(number);
}
