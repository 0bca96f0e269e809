import { randomInt } from 'node:crypto';
import { putBinding } from '../bindings/put.ts';
import { readTaskTypes } from '../catalogue/read.ts';
import type { ChannelWriter } from '../channels/save.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { Db } from '../db/database.ts';
import { createMapping } from '../mappings/create.ts';
import { publishMapping } from '../mappings/publish.ts';
import type { Provider } from '../providers/provider.ts';
import { isUntouched, rememberDemo } from './store.ts';

/** The services with which the demo is made, as a person would make it. */
export interface DemoServices {
  readonly knex: Db;
  readonly channels: ChannelStore;
  readonly writer: ChannelWriter;
}

/** In the audit record. */
export const MADE_BY = { by: 'the hub' };

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Both as DingTalk's console makes them (protocols/dingtalk.md §7 "Config values"). */
const TOKEN_CHARACTERS = 32;
const AES_KEY_CHARACTERS = 43;

const randomText = (length: number): string =>
  Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');

/**
 * Makes what a newcomer tries the hub with: a channel at the provider's simulator, a published mapping with the default
 * scripts, and a binding for every task type of the catalogue; all of it or nothing. Does nothing in a hub that has, or had, a
 * demo or that has a channel: what people made is never bound over.
 * @param apiBaseUrl where the simulator is
 * @returns the new channel's id; undefined when nothing was made
 */
export function createDemo(
  { knex, channels, writer }: DemoServices,
  provider: Provider,
  apiBaseUrl: string,
): Promise<string | undefined> {
  return knex.transaction(async (trx) => {
    if (!(await isUntouched(trx))) return undefined;
    const { appId, appSecret, definitionId, defaultOriginator } = provider.demo;
    const channel = await writer.create(
      trx,
      {
        name: `${provider.label.en} simulator (demo)`,
        type: provider.name,
        ...{ appId, appSecret, defaultOriginator, apiBaseUrl },
        token: randomText(TOKEN_CHARACTERS),
        aesKey: randomText(AES_KEY_CHARACTERS),
      },
      MADE_BY,
    );
    // Transactions that these start are savepoints of this one.
    const deps = { knex: trx, channels };
    const mapping = { channelId: channel.id, name: 'Demo approval', approvalDefinitionId: definitionId };
    const mappingId = await createMapping(deps, mapping, MADE_BY);
    await publishMapping(deps, mappingId, 'The default scripts', MADE_BY);
    for (const { name } of await readTaskTypes(trx))
      await putBinding(trx, { taskType: name, mappingId }, MADE_BY);
    await rememberDemo(trx, channel.id);
    return channel.id;
  });
}
