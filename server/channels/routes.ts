import { z } from 'zod';
import { recordAudit } from '../audit/record.ts';
import { channel, channelChanges, channelVerdict, newChannel } from '../contract/channel.ts';
import type { ChannelConnection, ShownChannel } from '../contract/channel.ts';
import type { Db, Trx } from '../db/database.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Caller, Endpoint } from '../http/endpoint.ts';
import { listOf, pageOf, paging } from '../http/paging.ts';
import type { KnownProvider, Providers } from '../providers/load.ts';
import type { Channel } from './channel.ts';
import type { Actor, ChannelWriter } from './save.ts';
import { showChannels } from './show.ts';
import type { ChannelStore } from './store.ts';
import type { Verify } from './verify.ts';

export interface ChannelRoutesDeps {
  readonly knex: Db;
  readonly store: ChannelStore;
  readonly providers: Providers;
  readonly writer: ChannelWriter;
  readonly verify: Verify;
  /** What providers call back, without a slash at the end; a function, for the port may be known only when it listens. */
  readonly publicUrl: () => string;
  /** How the connection of a persistent channel stands; null where none is to be held. */
  readonly connectionOf: (channelId: string) => ChannelConnection | null;
  /** Told of a channel that was made or changed, before that is answered. */
  readonly onSaved: (channel: Channel) => Promise<void>;
}

const params = z.object({ id: z.string() });
const tag = 'channels';
const actorOf = (request: { readonly caller: Caller; readonly requestId: string }): Actor => ({
  by: request.caller.name,
  requestId: request.requestId,
});

/** `/channels` (docs/http-api.md). */
export function channelRoutes(deps: ChannelRoutesDeps): Endpoint[] {
  const { knex, store, providers, writer, verify, publicUrl, connectionOf, onSaved } = deps;
  const show = async (db: Db | Trx, one: Channel): Promise<ShownChannel> => {
    const [shown] = await showChannels(db, [one], publicUrl(), connectionOf);
    return shown as ShownChannel;
  };
  const answers = { 200: { description: 'The channel', schema: channel } };

  return [
    endpoint({
      ...{ method: 'post', path: '/channels', role: 'admin', tag },
      summary: 'Make a channel',
      description: 'One app at a provider. Secrets are kept encrypted and never shown whole again.',
      body: newChannel,
      answers: { 201: { description: 'The channel, with the URL to give to the provider', schema: channel } },
      example: { body: exampleOf(providers) },
      handle: async ({ body, ...request }) => {
        const saved = await knex.transaction((trx) => writer.create(trx, body, actorOf(request)));
        await onSaved(saved);
        return { status: 201, body: await show(knex, saved) };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/channels', role: 'viewer', tag },
      summary: 'List channels',
      query: z.strictObject(paging),
      answers: { 200: { description: 'Channels, newest first', schema: listOf(channel) } },
      handle: async ({ query }) => {
        const { items, nextCursor } = pageOf(await store.list(knex, query), query, (one) => one);
        const shown = await showChannels(knex, items, publicUrl(), connectionOf);
        return { status: 200, body: { items: shown, nextCursor } };
      },
    }),
    endpoint({
      ...{ method: 'get', path: '/channels/:id', role: 'viewer', tag },
      summary: 'Read a channel',
      params,
      answers,
      handle: async (request) => ({
        status: 200,
        body: await show(knex, await store.get(knex, request.params.id)),
      }),
    }),
    endpoint({
      ...{ method: 'patch', path: '/channels/:id', role: 'admin', tag },
      summary: 'Change, pause or resume a channel',
      description:
        'What is left out stays as it is; null or "" takes an optional setting away. A secret that is sent back as it was shown stays.',
      params,
      body: channelChanges,
      answers,
      handle: async ({ params: { id }, body, ...request }) => {
        const saved = await knex.transaction((trx) => writer.change(trx, id, body, actorOf(request)));
        await onSaved(saved);
        return { status: 200, body: await show(knex, saved) };
      },
    }),
    endpoint({
      ...{ method: 'delete', path: '/channels/:id', role: 'admin', tag },
      summary: 'Delete a channel',
      description: 'Refused while mappings or open tasks need it.',
      params,
      answers: { 204: { description: 'It is gone' } },
      handle: async (request) => {
        await knex.transaction(async (trx) => writer.remove(trx, request.params.id, actorOf(request)));
        return { status: 204 };
      },
    }),
    endpoint({
      ...{ method: 'post', path: '/channels/:id/verify', role: 'admin', tag },
      summary: 'Try out a channel',
      description:
        'Fetches a token, looks at the permissions that can be seen without changing anything, and at the callback URL or the connection.',
      params,
      answers: { 200: { description: 'Step by step, what works and what to mend', schema: channelVerdict } },
      handle: async (request) => {
        const found = await store.get(knex, request.params.id);
        const body = await verify(found, request.signal);
        const { by, requestId } = actorOf(request);
        const after = { ok: body.ok };
        await recordAudit(knex, {
          by,
          requestId,
          action: 'verify',
          objectType: 'channel',
          objectId: found.id,
          after,
        });
        return { status: 200, body };
      },
    }),
  ];
}

/** A body for the API's description, out of what a provider's own demo says. */
function exampleOf(providers: Providers): Record<string, unknown> {
  const [[type, { provider }]] = [...providers] as [[string, KnownProvider]];
  const { appId, appSecret, defaultOriginator } = provider.demo;
  return { name: 'Company approvals', type, appId, appSecret, defaultOriginator };
}
