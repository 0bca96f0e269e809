import { describe, expect, it } from 'vitest';
import { CHANNEL_FIELDS } from '../../server/contract/channel.ts';
import { loadProvider, providerNames } from '../../server/providers/provider.ts';
import { generatorOf } from '../../editor/channels/random-text.ts';
import { healthOf } from '../../editor/channels/health.ts';
import { guideOf, heldStep, stepOf } from '../../editor/channels/guides.ts';
import { stepName } from '../../editor/channels/verify-steps.ts';
import { channelOf, connection, PROVIDER } from './channels-support.ts';

describe('the guide of a provider', () => {
  const settings = (provider: typeof PROVIDER): string[] => guideOf(provider).flatMap(({ fields }) => fields);

  it('places every setting once, for providers without a guide of their own too', () => {
    expect(settings(PROVIDER).toSorted()).toEqual(
      ['name', 'callbackType', ...PROVIDER.fields.map(({ key }) => key)].toSorted(),
    );
    expect(guideOf(PROVIDER)[0]).toMatchObject({ listsSteps: true });
  });

  it.each(providerNames())(
    'places every setting of %s once, and what it does not place comes last',
    (name) => {
      const { fields } = loadProvider(name);
      const provider = { ...PROVIDER, name, fields };
      const known = ['name', 'callbackType', ...fields.map(({ key }) => key)];
      expect(settings(provider).toSorted()).toEqual(known.toSorted());
      const more = [{ ...fields[0], key: 'brandNew' } as (typeof fields)[number]];
      expect(settings({ ...provider, fields: [...fields, ...more] }).at(-1)).toBe('brandNew');
      expect(fields.every(({ key }) => (CHANNEL_FIELDS as readonly string[]).includes(key))).toBe(true);
    },
  );

  it('leads from a step that verify finds wrong to where it is mended', () => {
    const steps = guideOf({ ...PROVIDER, name: 'dingtalk' });
    const wordsOf = (name: string): string | undefined => steps[stepOf(steps, name) ?? -1]?.words;
    expect(wordsOf('permission qyapi_get_member')).toBe('dingtalk.steps.permissions');
    expect(wordsOf('callback URL')).toBe('dingtalk.steps.events');
    expect(wordsOf('clock')).toBeUndefined();
    expect(stepName('permission qyapi_get_member')).toEqual({ words: 'permission', id: 'qyapi_get_member' });
    expect(stepName('something new')).toEqual({ words: undefined, name: 'something new' });
  });
});

describe('the step about events', () => {
  it.each(['dingtalk', 'example'])('of %s asks for no keys where the channel holds a connection', (name) => {
    const provider = { ...PROVIDER, name };
    const held = guideOf(provider).map((step) => heldStep(step, provider));
    const events = held.find(({ shows }) => shows === 'events');
    expect(events?.fields).toEqual(['callbackType']);
    expect(events?.words).toContain('eventsHeld');
    expect(held.flatMap(({ fields }) => fields)).toContain('appSecret');
    expect(held[stepOf(held, 'connection') ?? -1]).toBe(events);
  });
});

describe('keys made here', () => {
  it('are what the providers take, and never the same twice', () => {
    const aesKey = generatorOf('aesKey');
    const made = Array.from({ length: 200 }, () => aesKey?.() ?? '');
    expect(new Set(made).size).toBe(200);
    for (const key of made) {
      expect(key).toMatch(/^[A-Za-z0-9]{43}$/);
      // Strict decoders take it: 32 bytes, and no bit left over.
      expect(Buffer.from(`${key}=`, 'base64').toString('base64')).toBe(`${key}=`);
    }
    expect(generatorOf('token')?.()).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(generatorOf('appSecret')).toBeUndefined();
  });
});

describe('the health of a channel', () => {
  const NOW = Date.parse('2026-11-22T12:00:00.000Z');
  const errorAt = (at: string) => ({
    lastError: { executionId: 'e', stage: 'create', at, message: 'no such form' },
  });

  it('is quiet while nothing has happened yet', () => {
    expect(healthOf(channelOf({}), NOW)).toEqual({
      ...{ token: 'quiet', callbacks: 'quiet', budget: 'good', error: 'good', worst: 'quiet' },
    });
  });

  it.each([
    ['keys are missing', { token: '', aesKey: '' }, 'warning'],
    ['the connection does not stand', { callbackType: 'persistent', connection: connection('down') }, 'bad'],
    [
      'nothing has come over it',
      { callbackType: 'persistent', connection: connection('connected') },
      'quiet',
    ],
    ['most calls are used', { budget: { ...channelOf({}).budget, used: 4_200 } }, 'warning'],
    ['no calls are left', { budget: { ...channelOf({}).budget, used: 5_000 } }, 'bad'],
    ['there are no calls at all', { budget: { ...channelOf({}).budget, limit: 0 } }, 'bad'],
    ['something failed just now', errorAt('2026-11-22T11:30:00.000Z'), 'bad'],
    ['something failed today', errorAt('2026-11-22T01:00:00.000Z'), 'warning'],
    ['something failed long ago', errorAt('2026-10-22T01:00:00.000Z'), 'quiet'],
  ] as const)('shows when %s', (_what, given, worst) => {
    expect(healthOf(channelOf(given), NOW).worst).toBe(worst);
  });
});
