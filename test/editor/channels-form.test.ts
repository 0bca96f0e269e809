import { describe, expect, it } from 'vitest';
import { ApiError } from '../../editor/api/api-error.ts';
import {
  changesOf,
  emptyForm,
  errorsByField,
  formOf,
  missingOf,
  newChannelOf,
  withoutSecrets,
} from '../../editor/channels/channel-form.ts';
import { channelOf, PROVIDER } from './channels-support.ts';

describe('the form of a channel', () => {
  it('sends of a new channel what was filled in, and what every channel must have', () => {
    const form = {
      ...emptyForm(PROVIDER),
      name: ' Ops ',
      appId: 'a',
      allowedHosts: 'x.example\n\n y.example:8443 ',
    };
    expect(newChannelOf(PROVIDER, form)).toEqual({
      ...{ type: 'example', name: 'Ops', appId: 'a', appSecret: '', callbackType: 'webhook' },
      allowedHosts: ['x.example', 'y.example:8443'],
    });
  });

  it('sends of a change only what differs, takes away what was emptied, and never a secret that stays', () => {
    const before = formOf(PROVIDER, channelOf({ corpId: 'ding1', aesKey: '' }));
    const none = new Set<string>();
    expect(changesOf(PROVIDER, before, before, none)).toEqual({});
    expect(changesOf(PROVIDER, before, { ...before, name: 'Other', corpId: '' }, none)).toEqual({
      ...{ name: 'Other', corpId: '' },
    });
    const replaced = { ...before, appSecret: 'new one' };
    expect(changesOf(PROVIDER, before, replaced, new Set(['appSecret']))).toEqual({ appSecret: 'new one' });
    // A kept one is taken away by replacing it with nothing; one that was never there is simply typed in.
    expect(changesOf(PROVIDER, before, before, new Set(['token']))).toEqual({ token: '' });
    expect(changesOf(PROVIDER, before, { ...before, aesKey: 'k' }, none)).toEqual({ aesKey: 'k' });
  });

  it('gives the calls a month as a number, the provider’s own when emptied, and lets the hub judge anything else', () => {
    const before = formOf(PROVIDER, channelOf({}));
    const changed = (monthlyCalls: string): unknown =>
      changesOf(PROVIDER, before, { ...before, monthlyCalls }, new Set());
    expect(changed('0')).toEqual({ monthlyCalls: 0 });
    expect(changed('')).toEqual({ monthlyCalls: PROVIDER.monthlyCalls });
    expect(changed('many')).toEqual({ monthlyCalls: 'many' });
  });

  it('names everything that must be filled in, but not a secret that the hub keeps', () => {
    expect(missingOf(PROVIDER, emptyForm(PROVIDER))).toEqual(['name', 'appId', 'appSecret']);
    const kept = { appSecret: '••••et' };
    const form = formOf(PROVIDER, channelOf({}));
    expect(missingOf(PROVIDER, form, kept)).toEqual([]);
    expect(missingOf(PROVIDER, form, kept, new Set(['appSecret']))).toEqual(['appSecret']);
  });

  it('lets the browser keep everything but secrets', () => {
    const form = { ...emptyForm(PROVIDER), name: 'Ops', appSecret: 's', token: 't' };
    const kept = withoutSecrets(PROVIDER, form);
    expect(kept).toMatchObject({ name: 'Ops' });
    expect(Object.keys(kept)).not.toEqual(expect.arrayContaining(['appSecret']));
    expect(JSON.stringify(kept)).not.toContain('"t"');
  });

  it('shows the hub’s words at the field, those of a list’s entries at the list', () => {
    const errors = [
      { path: 'name', message: 'is taken' },
      { path: 'allowedHosts.0', message: 'is wrong.' },
      { path: 'allowedHosts.2', message: 'is wrong too.' },
    ];
    expect(errorsByField(new ApiError('no', { status: 400, code: 'INVALID_INPUT', errors }))).toEqual({
      ...{ name: 'Is taken', allowedHosts: 'Is wrong. Is wrong too.' },
    });
    expect(errorsByField(new Error('offline'))).toEqual({});
  });
});
