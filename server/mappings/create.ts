import { recordAudit } from '../audit/record.ts';
import type { ChannelStore } from '../channels/store.ts';
import type { Channel } from '../channels/channel.ts';
import type { NewMapping } from '../contract/mapping.ts';
import type { Db } from '../db/database.ts';
import { AppError, invalid } from '../errors.ts';
import { sourcesOf } from './scripts.ts';
import { draftOf, getMapping, insertMapping } from './store.ts';
import type { Who } from './who.ts';

export interface MappingDeps {
  readonly knex: Db;
  readonly channels: ChannelStore;
}

/**
 * Makes a mapping whose draft is the provider's default scripts.
 * @returns its id
 * @throws AppError INVALID_INPUT when there is no such channel, CONFLICT when the channel has a mapping of that name
 */
export async function createMapping(
  { knex, channels }: MappingDeps,
  { channelId, name, approvalDefinitionId }: NewMapping,
  who: Who,
): Promise<string> {
  const { provider } = await channelGiven({ knex, channels }, channelId);
  return knex.transaction(async (trx) => {
    const settings = {
      channel_id: channelId,
      name,
      approval_definition_id: approvalDefinitionId,
      limits: {},
    };
    const id = await insertMapping(trx, settings, provider.stages, who.by);
    const after = { channelId, name, approvalDefinitionId };
    await recordAudit(trx, { ...who, action: 'create', objectType: 'mapping', objectId: id, after });
    return id;
  });
}

/**
 * Copies a mapping's draft, definition and limits into a new mapping, of the same channel or another one.
 * @returns the new mapping's id
 * @throws AppError NOT_FOUND, INVALID_INPUT when there is no such channel, CONFLICT when the channel is of another type (its scripts
 * would speak to another provider) or has a mapping of that name
 */
export async function duplicateMapping(
  { knex, channels }: MappingDeps,
  id: string,
  { channelId, name }: { channelId: string; name: string },
  who: Who,
): Promise<string> {
  const original = await getMapping(knex, id);
  const target = await channelGiven({ knex, channels }, channelId);
  const { type } = await channels.get(knex, original.channel_id);
  if (target.type !== type)
    throw new AppError(
      'CONFLICT',
      `The channel "${target.name}" is of type ${target.type}, and the scripts of "${original.name}" speak to ${type}: choose a channel of that type.`,
    );
  return knex.transaction(async (trx) => {
    const sources = sourcesOf(await draftOf(trx, id));
    const { approval_definition_id, limits } = original;
    const copy = { channel_id: channelId, name, approval_definition_id, limits };
    const copyId = await insertMapping(trx, copy, sources, who.by);
    const after = { channelId, name, approvalDefinitionId: approval_definition_id, duplicateOf: id };
    await recordAudit(trx, { ...who, action: 'create', objectType: 'mapping', objectId: copyId, after });
    return copyId;
  });
}

async function channelGiven({ knex, channels }: MappingDeps, id: string): Promise<Channel> {
  const channel = await channels.find(knex, id);
  if (channel === undefined) throw invalid('channelId', `names no channel: there is no "${id}".`);
  return channel;
}
