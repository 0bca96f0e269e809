import { describe, expect, it } from 'vitest';
import { STAGES } from '../../server/contract/stage.ts';
import {
  hostsFor,
  loadProvider,
  providerNames,
  UnknownProviderError,
} from '../../server/providers/provider.ts';
import { DINGTALK_PREFIX } from '../../server/simulator/dingtalk/index.ts';
import { START_APPS, START_TEMPLATES, START_USERS } from '../../server/simulator/dingtalk/start-state.ts';

describe.each(providerNames())('the provider %s', (name) => {
  const provider = loadProvider(name);

  it('brings a default script for every stage, and a client that can finish each of them', () => {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- a client is the body of a function
    const client = new Function(provider.client)() as Record<string, unknown>;
    for (const stage of STAGES) {
      expect(provider.stages[stage].trim()).not.toBe('');
      expect(client[stage]).toBeTypeOf('function');
    }
  });

  it('keeps the secret among its settings secret', () => {
    const secrets = provider.fields.filter((field) => field.secret).map((field) => field.key);
    expect(secrets).toContain('appSecret');
    for (const { key, secret } of provider.fields) {
      if (/secret|token|key$/i.test(key)) expect(secret, key).toBe(true);
    }
  });

  it('counts no create call among those that change nothing', () => {
    const calls = (list: readonly { method: string; path: string }[]): string[] =>
      list.map(({ method, path }) => `${method} ${path}`);
    expect(calls(provider.readCalls).filter((call) => calls(provider.createCalls).includes(call))).toEqual(
      [],
    );
  });
});

describe('a provider that is not there', () => {
  it.each(['slack', '', '..', 'dingtalk/client', 'DingTalk', 'constructor'])(
    '%o is refused by naming those that are',
    (name) => {
      expect(() => loadProvider(name)).toThrow(UnknownProviderError);
      expect(() => loadProvider(name)).toThrow(
        `There is no provider "${name}". Known: ${providerNames().join(', ')}.`,
      );
    },
  );
});

describe('the demo of a first start', () => {
  it("is what DingTalk's simulator holds when it starts", () => {
    const { demo } = loadProvider('dingtalk');
    expect(START_APPS).toMatchObject([{ appKey: demo.appId, appSecret: demo.appSecret }]);
    expect(START_TEMPLATES.map(({ processCode }) => processCode)).toContain(demo.definitionId);
    expect(START_USERS.map(({ userId }) => userId)).toContain(demo.defaultOriginator);
    expect(demo.simulatorPath).toBe(DINGTALK_PREFIX);
  });
});

describe('where calls to a provider go', () => {
  const { hosts } = loadProvider('dingtalk');

  it('the hosts themselves, when the channel says nothing else', () => {
    expect(hostsFor({ hosts }, { apiBaseUrl: '' })).toEqual([
      { host: 'api.dingtalk.com' },
      { host: 'oapi.dingtalk.com' },
    ]);
  });

  it('one base URL serves both API families, unless the old one has its own', () => {
    const apiBaseUrl = 'http://127.0.0.1:8790/simulator/dingtalk';
    const legacyApiBaseUrl = 'https://oapi.dingtalk.io';
    expect(hostsFor({ hosts }, { apiBaseUrl }).map((each) => each.base)).toEqual([apiBaseUrl, apiBaseUrl]);
    expect(hostsFor({ hosts }, { apiBaseUrl, legacyApiBaseUrl }).map((each) => each.base)).toEqual([
      apiBaseUrl,
      legacyApiBaseUrl,
    ]);
  });
});
