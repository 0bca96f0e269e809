import { recordAudit } from '../audit/record.ts';
import { CHANNEL_SECRETS } from '../contract/channel.ts';
import type { ChannelChanges, ChannelSecret, NewChannel } from '../contract/channel.ts';
import type { Trx } from '../db/database.ts';
import type { ChannelRow } from '../db/tables.ts';
import { AppError, invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Providers } from '../providers/load.ts';
import type { Sealer } from '../secrets/seal.ts';
import { changedSettings, checkSettings, newSettings, settingsOf, shownSettings } from './settings.ts';
import type { ChannelSettings } from './settings.ts';
import type { Channel } from './channel.ts';
import { sealSecrets } from './secrets.ts';
import { deleteChannel, insertChannel, updateChannel, usesOf } from './store.ts';
import type { ChannelStore } from './store.ts';
import { forgetTokens } from './token-store.ts';

/** Who does it, for the audit record. */
export interface Actor {
  /** `Caller.name`, or `the hub`. */
  readonly by: string;
  readonly requestId?: string | undefined;
}

/** The changes that people make to channels; each is audited in the transaction it is given. */
export interface ChannelWriter {
  /** @throws AppError INVALID_INPUT naming each wrong field; CONFLICT when the name is taken */
  create(trx: Trx, given: NewChannel, actor: Actor): Promise<Channel>;
  /**
   * @param options.isSamePlace the new address leads to the same approvals: allowed while tasks are open
   * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT, IN_USE
   */
  change(
    trx: Trx,
    id: string,
    changes: ChannelChanges,
    actor: Actor,
    options?: { isSamePlace?: boolean },
  ): Promise<Channel>;
  /** @throws AppError NOT_FOUND; IN_USE while it has mappings or open tasks */
  remove(trx: Trx, id: string, actor: Actor): Promise<void>;
}

export interface ChannelWriterDeps {
  readonly store: ChannelStore;
  readonly sealer: Sealer;
  readonly providers: Providers;
  /** Where this server is called; a function, for the port may be known only when it listens. */
  readonly ownOrigins: () => readonly string[];
  /** In the transaction that ends a pause: what waited goes on. */
  readonly onResume: (trx: Trx, channelId: string) => Promise<void>;
}

export function createChannelWriter(deps: ChannelWriterDeps): ChannelWriter {
  const { store, sealer, providers, ownOrigins, onResume } = deps;
  const audit = async (trx: Trx, action: string, id: string, actor: Actor, facts: object): Promise<void> =>
    recordAudit(trx, { ...actor, action, objectType: 'channel', objectId: id, ...facts });

  return {
    async create(trx, given, actor) {
      const known = providers.get(given.type);
      if (known === undefined) throw invalid('type', `must be ${[...providers.keys()].join(' or ')}`);
      const settings = newSettings(known.provider, given);
      checkSettings(known.provider, settings, ownOrigins());
      const id = newId();
      await naming(settings.name, () =>
        insertChannel(trx, { id, type: given.type, ...rowOf(sealer, id, settings) }),
      );
      await audit(trx, 'create', id, actor, { after: shownSettings(settings) });
      return store.get(trx, id);
    },

    async change(trx, id, changes, actor, { isSamePlace = false } = {}) {
      const channel = await store.lock(trx, id);
      const before = settingsOf(channel);
      const settings = changedSettings(channel.provider, before, changes);
      checkSettings(channel.provider, settings, ownOrigins());
      if (!isSamePlace) await refuseMove(trx, channel, before, settings);
      const paused = changes.paused ?? channel.paused;
      await naming(settings.name, () => updateChannel(trx, id, rowOf(sealer, id, settings), paused));
      // A token belongs to the app, and to the server, that gave it.
      if (TOKEN_SETTINGS.some((key) => before[key] !== settings[key])) await forgetTokens(trx, id);
      if (channel.paused && !paused) await onResume(trx, id);
      await audit(trx, 'update', id, actor, {
        before: { ...shownSettings(before), paused: channel.paused },
        after: { ...shownSettings(settings), paused, changedSecrets: changedSecrets(before, settings) },
      });
      return store.get(trx, id);
    },

    async remove(trx, id, actor) {
      const channel = await store.lock(trx, id);
      const { mappings, openTasks } = await usesOf(trx, id);
      if (mappings.length > 0 || openTasks > 0) throw inUse(channel, mappings, openTasks);
      await deleteChannel(trx, id);
      await audit(trx, 'delete', id, actor, { before: shownSettings(settingsOf(channel)) });
    },
  };
}

/** Where a channel's approvals stand: another app, or another address, knows none of them. */
const PLACE_SETTINGS = ['appId', 'apiBaseUrl', 'legacyApiBaseUrl'] as const;

/**
 * While tasks are open their approvals are asked after, and searched for, where they were opened.
 * @throws AppError IN_USE
 */
async function refuseMove(
  trx: Trx,
  channel: Channel,
  before: ChannelSettings,
  after: ChannelSettings,
): Promise<void> {
  const moved = PLACE_SETTINGS.filter((key) => before[key] !== after[key]);
  if (moved.length === 0) return;
  const { openTasks } = await usesOf(trx, channel.id);
  if (openTasks === 0) return;
  throw new AppError(
    'IN_USE',
    `The channel "${channel.name}" has ${openTasks} open tasks, whose approvals are known at its present app and address only: ` +
      'let them end, or make another channel and bind new tasks to its mapping.',
    { errors: moved.map((path) => ({ path, message: 'cannot change while tasks are open' })) },
  );
}

const TOKEN_SETTINGS = ['appId', 'appSecret', 'corpId', 'apiBaseUrl', 'legacyApiBaseUrl'] as const;

/** Masked, two secrets may look the same: the names of those that changed. */
const changedSecrets = (before: ChannelSettings, after: ChannelSettings): ChannelSecret[] =>
  CHANNEL_SECRETS.filter((key) => before[key] !== after[key]);

type SettingsRow = Omit<
  ChannelRow,
  'id' | 'type' | 'paused_at' | 'last_callback_at' | 'created_at' | 'updated_at'
>;

function rowOf(sealer: Sealer, id: string, settings: ChannelSettings): SettingsRow {
  const { appSecret, token, aesKey, encryptKey, verificationToken } = settings;
  return {
    name: settings.name,
    app_id: settings.appId,
    corp_id: settings.corpId,
    agent_id: settings.agentId,
    callback_type: settings.callbackType,
    api_base_url: settings.apiBaseUrl,
    legacy_api_base_url: settings.legacyApiBaseUrl,
    allowed_hosts: [...settings.allowedHosts],
    default_originator: settings.defaultOriginator,
    secrets: sealSecrets(sealer, id, { appSecret, token, aesKey, encryptKey, verificationToken }),
    monthly_calls: settings.monthlyCalls,
  };
}

/** PostgreSQL's code for a value that another row has already. */
const UNIQUE_VIOLATION = '23505';

async function naming(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error;
    const message = `There is a channel called "${name}" already: choose another name.`;
    throw new AppError('CONFLICT', message, {
      errors: [{ path: 'name', message: 'is taken' }],
      cause: error,
    });
  }
}

function inUse({ name }: Channel, mappings: readonly string[], openTasks: number): AppError {
  const some = mappings.slice(0, 5).map((each) => `"${each}"`);
  const more = mappings.length > some.length ? ` and ${mappings.length - some.length} more` : '';
  const reasons = [
    ...(mappings.length > 0
      ? [`the mappings ${some.join(', ')}${more} are of this channel: delete them first`]
      : []),
    ...(openTasks > 0 ? [`${openTasks} open tasks wait for it: let them end, or revoke them`] : []),
  ];
  return new AppError('IN_USE', `Channel "${name}" cannot be deleted: ${reasons.join('; ')}.`);
}
