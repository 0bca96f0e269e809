import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { TracedCall } from '../../server/contract/execution.ts';
import { collectSecrets, createMask, maskTrace, MASKED, secretKey } from '../../server/sandbox/mask.ts';

const SECRET = 's3cr3t/+Key=審 "quoted" \\ & more';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const form = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const escapeAll = (text: string): string =>
  text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) =>
    encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  'form-encoded': form,
  // The parser drops tabs and line breaks, and blanks at the end, so they are kept out of its way.
  'as a URL writes it': (text) =>
    new URL(`https://h/?${text.replace(/[#\t\r\n]/g, encodeURIComponent)}&`).search.slice(1, -1),
  'JSON-escaped': json,
  'JSON in JSON': (text) => json(json(text)),
  'JSON with \\u only': escapeAll,
  'a query in JSON': (text) => json(encodeURIComponent(text)),
  'JSON in a query': (text) => encodeURIComponent(json(text)),
  base64,
  'base64url without padding': (text) => Buffer.from(text).toString('base64url'),
  'base64 in a query': (text) => encodeURIComponent(base64(text)),
  hex: (text) => Buffer.from(text).toString('hex'),
  'HEX in upper case': (text) => Buffer.from(text).toString('hex').toUpperCase(),
};

// No surrogate halves: they have no UTF-8, so no percent-encoding either. No bullets: those are the mask itself.
const secretText = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 80 })
  .filter((text) => text.isWellFormed() && !text.includes('•'));

describe('a secret in a text', () => {
  it.each(Object.entries(SPELLINGS))('is hidden: %s', (_name, spell) => {
    const mask = createMask([SECRET]);
    expect(mask.text(`before ${spell(SECRET)} after`)).toMatch(/^before ••••=* after$/);
    expect(mask.text(spell(SECRET) + '|' + spell(SECRET))).toMatch(/^••••(=|%3D)*\|••••(=|%3D)*$/);
  });

  it('never survives in any of these spellings, whatever it is and whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.array(secretText, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...Object.values(SPELLINGS)),
        fc.string(),
        fc.string(),
        (secrets, spell, before, after) => {
          const mask = createMask(secrets);
          for (const secret of secrets) {
            const spelled = spell(secret);
            const shown = mask.text(`${before} ${spelled} ${after}`);
            expect(shown).not.toContain(spelled);
            expect(shown).toContain(MASKED);
            expect(JSON.stringify(mask.value({ [spelled]: [spelled] }))).not.toContain(
              JSON.stringify(spelled),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows not one of its bits in the middle of a longer base64 text', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'b', 'X', 'Z', '-', '_', '+', '/', '?', '~'),
      minLength: 8,
      maxLength: 40,
    });
    const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), maxLength: 20 });
    fc.assert(
      fc.property(letters, digits, digits, fc.boolean(), (secret, before, after, urlSafe) => {
        const text = Buffer.from(before + secret + after).toString(urlSafe ? 'base64url' : 'base64');
        const shown = createMask([secret]).text(text);
        const [head = '', tail, ...more] = shown.split(MASKED);
        expect(more).toEqual([]);
        expect(text.startsWith(head) && text.endsWith(tail ?? 'nothing was masked')).toBe(true);
        const sextets = text.replace(/=+$/, '').length;
        const tailSextets = (tail ?? '').replace(/=+$/, '').length;
        expect(head.length * 6).toBeLessThanOrEqual(before.length * 8);
        expect((sextets - tailSextets) * 6).toBeGreaterThanOrEqual((before.length + secret.length) * 8);
      }),
    );
  });

  it('leaves every other text exactly as it was', () => {
    const mask = createMask(['a-secret-of-this-run', 'another secret', 'x'.repeat(200)]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.jsonValue(), (text, value) => {
        expect(mask.text(text)).toBe(text);
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(mask.value(plain)).toEqual(plain);
      }),
    );
    expect(createMask([]).text('anything %41 \\u0041')).toBe('anything %41 \\u0041');
  });

  it('of which another is the start hides the longer one whole', () => {
    const mask = createMask(['password', 'password-of-the-admin']);
    expect(mask.text('password-of-the-admin, password-of')).toBe(`${MASKED}, ${MASKED}-of`);
  });

  it('does not show its beginning at the end of a text that was cut', () => {
    const mask = createMask(['0123456789abcdef']);
    expect(mask.text('token: 0123456789ab', true)).toBe(`token: ${MASKED}`);
    expect(mask.text('token: 0123456789ab')).toBe('token: 0123456789ab');
    expect(mask.text('the end', true)).toBe('the end');
  });

  it('is found in time that grows with the text only, even in a text made to be slow', () => {
    const secrets = Array.from({ length: 500 }, (_, i) => `${'a'.repeat(8 + i * 4)}${i}b`);
    const hostile = [
      'a'.repeat(131_072),
      '%61'.repeat(43_000),
      '\\u0061'.repeat(21_000),
      '\\'.repeat(131_072),
      '['.repeat(131_072),
    ];
    const started = performance.now();
    for (const text of hostile) createMask(secrets).text(text);
    maskTrace([callWith({ body: '{"a":'.repeat(25_000) })], createMask(secrets));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('a secret shorter than 8 characters', () => {
  const mask = createMask(['1234', 'abc']);

  it('is hidden where it is a whole value, and nowhere else', () => {
    expect(mask.value({ pin: '1234', text: 'order 1234', n: 1234, list: ['abc'] })).toEqual({
      pin: MASKED,
      text: 'order 1234',
      n: MASKED,
      list: [MASKED],
    });
    expect(mask.text('1234')).toBe('1234');
    const [call] = maskTrace(
      [callWith({ url: 'https://h/1234?a=1234&b=12345', body: '{"x":"abc","y":"abcd"}' })],
      mask,
    );
    expect(call?.url).toBe(`https://h/1234?a=${MASKED}&b=12345`);
    expect(call?.request.body).toBe(`{"x":"${MASKED}","y":"abcd"}`);
  });
});

describe('a value to be stored', () => {
  it('is copied, keys masked too, the original untouched', () => {
    const original = { 'key a-long-secret': { deep: ['x a-long-secret'] }, n: 1, no: null, yes: true };
    const copy = createMask(['a-long-secret']).value(original);
    expect(copy).toEqual({ [`key ${MASKED}`]: { deep: [`x ${MASKED}`] }, n: 1, no: null, yes: true });
    expect(original['key a-long-secret'].deep).toEqual(['x a-long-secret']);
  });

  it('may be made to hurt: depth is bounded, __proto__ stays a key', () => {
    const mask = createMask(['a-long-secret']);
    const deep = JSON.parse('['.repeat(5_000) + '"a-long-secret"' + ']'.repeat(5_000)) as unknown;
    expect(JSON.stringify(mask.value(deep))).toContain('nested too deeply');
    const copy = mask.value(JSON.parse('{"__proto__":{"polluted":"a-long-secret"}}')) as object;
    expect(JSON.stringify(copy)).toBe(`{"__proto__":{"polluted":"${MASKED}"}}`);
    expect(copy).not.toHaveProperty('polluted');
  });
});

function callWith(part: {
  url?: string;
  headers?: Record<string, string>;
  body?: string;
  reply?: string;
  truncated?: boolean;
}): TracedCall {
  const message = {
    headers: part.headers ?? {},
    body: part.body ?? '',
    bytes: 1,
    truncated: part.truncated ?? false,
  };
  return {
    method: 'POST',
    url: part.url ?? 'https://api.dingtalk.com/',
    status: 200,
    durationMs: 1,
    request: message,
    response: part.reply === undefined ? null : { ...message, headers: {}, body: part.reply },
  };
}

describe('the trace of a run', () => {
  it('hides what stands under secret-looking names, known or not, and nothing else', () => {
    const [call, posted] = maskTrace(
      [
        callWith({
          url: 'https://oapi.dingtalk.com/gettoken?appkey=ding-demo&appsecret=pw&nextToken=10',
          headers: {
            authorization: 'Bearer x',
            'x-acs-dingtalk-access-token': 'y',
            'content-type': 'application/json',
          },
          body: '{ "appKey": "ding-demo",\n  "appSecret" : "short", "credentials": {"a": ["b", 5]}, "secretaryName": "Li", "n": 1.0 }',
          reply: '{"accessToken":"tok","expireIn":7200,"nextToken":"20","refresh_token":12345}',
        }),
        callWith({
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: 'user=li&password=p%20w&x=',
        }),
      ],
      createMask([]),
    );
    expect(call?.url).toBe(
      `https://oapi.dingtalk.com/gettoken?appkey=ding-demo&appsecret=${MASKED}&nextToken=10`,
    );
    expect(posted?.request.body).toBe(`user=li&password=${MASKED}&x=`);
    expect(call?.request.headers).toEqual({
      authorization: MASKED,
      'x-acs-dingtalk-access-token': MASKED,
      'content-type': 'application/json',
    });
    expect(call?.request.body).toBe(
      `{ "appKey": "ding-demo",\n  "appSecret" : "${MASKED}", "credentials": {"a": ["${MASKED}", "${MASKED}"]}, "secretaryName": "Li", "n": 1.0 }`,
    );
    expect(call?.response?.body).toBe(
      `{"accessToken":"${MASKED}","expireIn":7200,"nextToken":"20","refresh_token":"${MASKED}"}`,
    );
  });

  it('hides a value under a secret-looking name even where the body was cut in the middle of it', () => {
    const body = '{"list":[1,2],"accessToken":"0123456';
    const [call] = maskTrace([callWith({ body, truncated: true })], createMask([]));
    expect(call?.request.body).toBe(`{"list":[1,2],"accessToken":"${MASKED}"`);
  });

  it('gives up the secrets it holds, so that they are hidden in logs as well', () => {
    const calls = [
      callWith({
        url: 'https://h/?access_token=in-the-query&q=harmless-value',
        headers: {
          authorization: `Basic ${base64('user:basic-password')}`,
          cookie: 'a=cookie-value; b=2',
          accept: 'text/plain',
        },
        body: '{"data":"{\\"appSecret\\":\\"json-in-json\\"}","token":"short","note":"harmless-note"}',
        reply: '{"result":{"credential":{"id":"nested-under-key"}},"accessToken":"fetched-token"}',
      }),
    ];
    expect(collectSecrets(calls)).toEqual(
      expect.arrayContaining([
        ...[
          'in-the-query',
          'basic-password',
          'cookie-value',
          'json-in-json',
          'nested-under-key',
          'fetched-token',
        ],
      ]),
    );
    const mask = createMask(collectSecrets(calls));
    expect(mask.text('got fetched-token for harmless-note')).toBe(`got ${MASKED} for harmless-note`);
  });

  it.each([
    ...[
      'appSecret',
      'APP_SECRET',
      'password',
      'passwd',
      'pwd',
      'access_token',
      'x-api-key',
      'apiKey',
      'accessKey',
      'privateKey',
    ],
    ...[
      'credentials',
      'aesKey',
      'aes_key',
      'encryptKey',
      'Authorization',
      'Set-Cookie',
      'signature',
      'sign',
      'x-sign',
    ],
  ])('%s looks like a secret', (name) => expect(secretKey(name)).toBe(true));

  it.each([
    'appId',
    'design',
    'signer',
    'key',
    'name',
    'nextToken',
    'page_token',
    'secretary',
    'author',
    'expiresIn',
  ])('%s does not', (name) => expect(secretKey(name)).toBe(false));
});
