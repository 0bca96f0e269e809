import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { anyText, startDingTalk, textLike, type DingTalk, type Heard } from './support.ts';

/** Stream mode (protocols/dingtalk.md §10). */

const CREDENTIALS = { clientId: 'ding-demo', clientSecret: 'demo-secret' };
const EVERYTHING = { subscriptions: [{ type: 'EVENT', topic: '*' }] };
const JSON_PLEASE = { accept: 'application/json' };

const open = (dingtalk: DingTalk, body: object = {}, headers: Record<string, string> = JSON_PLEASE) =>
  dingtalk.call(
    'POST',
    '/v1.0/gateway/connections/open',
    { ...CREDENTIALS, ...EVERYTHING, ...body },
    headers,
  );

const placeOf = ({ json }: Heard): string => {
  const { endpoint, ticket } = json as unknown as { endpoint: string; ticket: string };
  return `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
};

interface Frame {
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

/** A client as an app would have one. */
interface Client {
  readonly frames: readonly Frame[];
  /** What it answers to an event; nothing when undefined. */
  reply: (frame: Frame) => object | undefined;
  /** Waits for `count` events. */
  events(count: number): Promise<readonly Frame[]>;
  readonly closed: Promise<number>;
}

const status = (word: string) => (): object => ({ code: 200, data: JSON.stringify({ status: word }) });

async function connect(place: string): Promise<Client> {
  const frames: Frame[] = [];
  const socket = new WebSocket(place);
  onTestFinished(() => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    frames.push(frame);
    const answer = frame.type === 'EVENT' ? client.reply(frame) : undefined;
    const { messageId } = frame.headers;
    if (answer !== undefined) socket.send(JSON.stringify({ ...answer, headers: { messageId } }));
  });
  const client: Client = {
    frames,
    reply: status('SUCCESS'),
    async events(count) {
      const events = (): Frame[] => frames.filter(({ type }) => type === 'EVENT');
      await vi.waitFor(() => expect(events().length).toBeGreaterThanOrEqual(count), { timeout: 5000 });
      return events();
    },
    closed,
  };
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return client;
}

const connected = async (dingtalk: DingTalk): Promise<Client> => connect(placeOf(await open(dingtalk)));

/** What the page says became of the newest events. */
const outcomes = async (dingtalk: DingTalk): Promise<string[]> =>
  ((await dingtalk.control('GET', '/board')).json as unknown as { events: { outcome: string }[] }).events.map(
    ({ outcome }) => outcome,
  );

describe('connections/open', () => {
  it('gives an address under its own mount and a ticket, as XML to whoever does not ask for JSON', async () => {
    const dingtalk = await startDingTalk();
    expect((await open(dingtalk)).json).toEqual({
      endpoint: `${dingtalk.base.replace('http', 'ws')}/connect`,
      ticket: anyText,
    });
    const plain = await open(dingtalk, {}, {});
    expect(plain.headers.get('content-type')).toContain('xml');
    expect(plain.text).toMatch(/<endpoint>ws:.*<\/endpoint><ticket>.*<\/ticket>/);
  });

  it('refuses wrong credentials and subscriptions as DingTalk does', async () => {
    const dingtalk = await startDingTalk();
    const wrong = await open(dingtalk, { clientSecret: 'wrong' });
    expect([wrong.status, wrong.json.code]).toEqual([401, 'authFailed']);
    for (const subscriptions of [undefined, [], [{ type: 'EVENT', topic: 'bpms' }], [{ topic: '*' }]]) {
      const refused = await open(dingtalk, { subscriptions });
      expect([refused.status, refused.json.code]).toEqual([400, 'invalidParameter']);
    }
  });

  it('lets a ticket in once, and within 90 seconds', async () => {
    const dingtalk = await startDingTalk();
    const place = placeOf(await open(dingtalk));
    await connect(place);
    await expect(connect(place)).rejects.toThrow('401');
    const late = placeOf(await open(dingtalk));
    dingtalk.clock.step(90_001);
    await expect(connect(late)).rejects.toThrow('401');
  });
});

describe('a connection', () => {
  it('brings events to an app without callback URL, what was the envelope in the headers', async () => {
    const dingtalk = await startDingTalk();
    const client = await connected(dingtalk);
    const id = await dingtalk.create();
    const [started] = await client.events(2);
    expect(client.frames[0]).toMatchObject({ type: 'SYSTEM', headers: { topic: 'CONNECTED' } });
    expect(started?.headers).toMatchObject({
      topic: '*',
      eventType: 'bpms_instance_change',
      eventId: textLike(/^[0-9a-f]{32}$/),
      eventCorpId: textLike(/^ding/),
      eventBornTime: textLike(/^\d{13}$/),
    });
    const data = JSON.parse(started?.data ?? '') as object;
    expect(data).toMatchObject({ processInstanceId: id, type: 'start' });
    expect(data).not.toHaveProperty('EventType');
    await vi.waitFor(async () => expect(await outcomes(dingtalk)).toEqual(['delivered', 'delivered']));
  });

  it('sends an event again that is put off, or not acknowledged in three seconds', async () => {
    const dingtalk = await startDingTalk();
    const client = await connected(dingtalk);
    client.reply = ({ headers }) =>
      headers['eventType'] === 'bpms_task_change' ? undefined : status('LATER')();
    await dingtalk.create();
    await client.events(2);
    dingtalk.clock.step(3_000);
    await vi.waitFor(async () => expect(await outcomes(dingtalk)).toEqual(['waiting', 'waiting']));
    client.reply = status('SUCCESS');
    dingtalk.clock.step(10_000);
    const events = await client.events(4);
    expect(new Set(events.map(({ headers }) => headers['eventId'])).size).toBe(2);
    await vi.waitFor(async () => expect(await outcomes(dingtalk)).toEqual(['delivered', 'delivered']));
  });

  it('is told to go, gets nothing more at once, and is closed ten seconds later; the next one gets all', async () => {
    const dingtalk = await startDingTalk();
    const old = await connected(dingtalk);
    await dingtalk.control('POST', '/connections/rotate');
    await vi.waitFor(() =>
      expect(old.frames.at(-1)).toMatchObject({
        headers: { topic: 'disconnect' },
        data: '{"reason":"connection is expired"}',
      }),
    );
    await dingtalk.create();
    // Held until there is a connection again.
    const next = await connected(dingtalk);
    await next.events(2);
    expect(await old.events(0)).toEqual([]);
    dingtalk.clock.step(10_000);
    expect(await old.closed).toBe(1000);
    expect((await dingtalk.control('GET', '/connections')).json.items).toHaveLength(1);
  });

  it('is kept alive, shares events with its sisters at random, and is cut on demand', async () => {
    const dingtalk = await startDingTalk();
    const clients = [await connected(dingtalk), await connected(dingtalk)];
    const heard = (...topics: string[]): Promise<void> =>
      vi.waitFor(() => expect(clients[0]?.frames.map(({ headers }) => headers['topic'])).toEqual(topics));
    dingtalk.clock.step(25_000);
    await heard('CONNECTED', 'KEEPALIVE');
    dingtalk.clock.step(25_000);
    await heard('CONNECTED', 'KEEPALIVE', 'ping');
    for (let n = 0; n < 12; n += 1) await dingtalk.create();
    const counts = async (): Promise<number[]> =>
      Promise.all(clients.map(async (client) => (await client.events(0)).length));
    await vi.waitFor(async () => expect((await counts()).reduce((sum, count) => sum + count, 0)).toBe(24));
    expect(Math.min(...(await counts()))).toBeGreaterThan(0);
    await dingtalk.control('POST', '/connections/cut', { appKey: 'ding-demo' });
    expect(await Promise.all(clients.map(({ closed }) => closed))).toEqual([1006, 1006]);
  });

  it('is subject to the faults of events', async () => {
    const dingtalk = await startDingTalk();
    const client = await connected(dingtalk);
    await dingtalk.control('PUT', '/faults', { duplicateEvents: true });
    await dingtalk.create();
    const events = await client.events(4);
    expect(new Set(events.map(({ headers }) => headers['eventId'])).size).toBe(2);
    await dingtalk.control('PUT', '/faults', { dropEvents: true });
    await dingtalk.create();
    expect((await outcomes(dingtalk)).slice(0, 2)).toEqual(['dropped', 'dropped']);
  });
});
