import { z } from 'zod';

/** The settings of a channel that are kept encrypted and never shown whole. */
export const CHANNEL_SECRETS = ['appSecret', 'token', 'aesKey', 'encryptKey', 'verificationToken'] as const;
export type ChannelSecret = (typeof CHANNEL_SECRETS)[number];

/** Settings that only some providers have; provider.json says which, and what each must look like. */
export const CHANNEL_FIELDS = [
  'appId',
  'corpId',
  'agentId',
  'defaultOriginator',
  ...CHANNEL_SECRETS,
] as const;
export type ChannelField = (typeof CHANNEL_FIELDS)[number];

const line = (most: number): z.ZodString =>
  z
    .string('must be text')
    .max(most, `must have at most ${most} characters`)
    .refine((text) => !/\p{Cc}/u.test(text), 'must be one line of text');

const setting = line(500);
const name = line(200).normalize().trim().min(1, 'must not be empty');
const url = line(2_000);
const calls = z.int('must be a whole number').min(0, 'must be at least 0').max(1_000_000_000, 'is too large');

/** What both the making and the changing of a channel take. "" and null take an optional setting away. */
const common = {
  corpId: setting.nullish(),
  agentId: setting.nullish(),
  token: setting.nullish(),
  aesKey: setting.nullish(),
  encryptKey: setting.nullish(),
  verificationToken: setting.nullish(),
  callbackType: z.enum(['webhook', 'persistent'], 'must be webhook or persistent').optional(),
  apiBaseUrl: url.nullish(),
  legacyApiBaseUrl: url.nullish(),
  allowedHosts: z
    .array(line(300), 'must be a list of hosts')
    .max(100, 'must have at most 100 hosts')
    .optional(),
  defaultOriginator: setting.nullish(),
  monthlyCalls: calls.nullish(),
};

/** `POST /channels`. */
export const newChannel = z
  .strictObject({ name, type: z.string('must be text'), appId: setting, appSecret: setting, ...common })
  .meta({ id: 'NewChannel' });
export type NewChannel = z.infer<typeof newChannel>;

/** `PATCH /channels/:id`: what is left out stays; a secret sent back as it is shown stays too. */
export const channelChanges = z
  .strictObject({
    name: name.optional(),
    appId: setting.optional(),
    appSecret: setting.optional(),
    ...common,
    paused: z.boolean('must be true or false').optional(),
  })
  .meta({ id: 'ChannelChanges' });
export type ChannelChanges = z.infer<typeof channelChanges>;

const moment = z.iso.datetime();
const masked = z.string().meta({ description: '"••••" and the last two characters; "" when there is none' });

/** How the connection of a persistent channel stands, as the process that answers sees its own. */
export const channelConnection = z
  .strictObject({
    state: z.enum(['connecting', 'connected', 'down']).meta({
      description: 'connecting: a try is under way; connected: events come; down: the next try is waited for',
    }),
    since: moment,
    lastFrameAt: moment
      .nullable()
      .meta({ description: 'When the provider last said anything; null: not yet' }),
    lastError: z.string().nullable().meta({
      description: 'Why the last try failed or the last connection ended; null when it was as it should be',
    }),
    nextTryAt: moment
      .nullable()
      .meta({ description: 'When it is tried again; null unless the state is down' }),
  })
  .meta({ id: 'ChannelConnection' });
export type ChannelConnection = z.infer<typeof channelConnection>;

/** A channel as the API shows it. */
export const channel = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    type: z.string(),
    appId: z.string(),
    corpId: z.string(),
    agentId: z.string(),
    appSecret: masked,
    token: masked,
    aesKey: masked,
    encryptKey: masked,
    verificationToken: masked,
    callbackType: z.enum(['webhook', 'persistent']),
    callbackUrl: z.string().meta({ description: 'What the provider must call back' }),
    apiBaseUrl: z.string(),
    legacyApiBaseUrl: z.string(),
    allowedHosts: z.array(z.string()),
    defaultOriginator: z.string(),
    monthlyCalls: z.int(),
    connection: channelConnection.nullable().meta({
      description: 'null unless callbackType is persistent and the channel goes on',
    }),
    paused: z.boolean().meta({
      description:
        'Nothing is sent to the provider; events that it pushes are still taken in, a persistent connection is closed',
    }),
    budget: z
      .strictObject({
        month: z.string().meta({ description: 'YYYY-MM, in UTC' }),
        limit: z.int().meta({ description: "The channel's monthlyCalls" }),
        used: z.int().meta({ description: 'Calls of this month that count against it' }),
        pollLimit: z.int().meta({ description: 'How many of them may be looks that nobody asked for' }),
        pollLimitToday: z
          .int()
          .meta({ description: 'How many of those until the end of today, so that they last' }),
        polled: z.int(),
      })
      .meta({ id: 'CallBudget' }),
    accessTokenUntil: moment
      .nullable()
      .meta({ description: 'Until when the newest access token held is used; null when none is held' }),
    lastCallbackAt: moment.nullable(),
    lastError: z
      .strictObject({
        executionId: z.uuid(),
        stage: z.string().meta({ description: "A stage, or the hub's own question" }),
        at: moment,
        message: z.string().meta({ description: "In the provider's words where it said something" }),
      })
      .meta({ id: 'ChannelError' })
      .nullable()
      .meta({
        description:
          'The newest live run that failed and whose stage has not gone well since, while it is kept; null when there is none',
      }),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: 'Channel' });
export type ShownChannel = z.infer<typeof channel>;

/** `POST /channels/:id/verify`: each step says what is so, or what to mend. */
export const channelVerdict = z
  .strictObject({
    ok: z.boolean().meta({ description: 'All steps are ok' }),
    steps: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'ChannelVerdict' });
export type ChannelVerdict = z.infer<typeof channelVerdict>;
