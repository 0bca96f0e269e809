import { describe, expect, it, vi } from 'vitest';
import type { Received } from '../../server/events/receive.ts';
import type { KnownProvider } from '../../server/providers/load.ts';
import type { Sandbox } from '../../server/sandbox/pool.ts';
import { useSurroundings } from '../channels/support.ts';
import { keepAt, startGateway } from './support.ts';
import type { Gateway } from './support.ts';

const surroundings = useSurroundings();
const around = (): { sandbox: Sandbox; known: KnownProvider } => {
  const { sandbox, providers } = surroundings();
  return { sandbox, known: providers.get('dingtalk') as KnownProvider };
};
const PATIENT = { timeout: 10_000, interval: 10 };
/** Waits until the gateway has so many connections. */
const connections = (gateway: Gateway, count: number): Promise<void> =>
  vi.waitFor(() => expect(gateway.accepted).toHaveLength(count), PATIENT);

describe('an event over a connection', () => {
  it('is acknowledged when it is stored, and no sooner', async () => {
    const gateway = await startGateway();
    const stored = Promise.withResolvers<Received>();
    const received: unknown[] = [];
    const receive = (push: { event: unknown; raw: unknown }): Promise<Received> => {
      received.push(push.event, push.raw);
      return stored.promise;
    };
    keepAt(gateway.base, around(), { inbox: { receive } });
    await connections(gateway, 1);
    let acknowledged: string | undefined;
    const acknowledgement = gateway.accepted[0]?.event().then((status) => (acknowledged = status));
    await vi.waitFor(() => expect(received).toHaveLength(2), PATIENT);
    expect(acknowledged).toBeUndefined();
    stored.resolve('stored');
    expect(await acknowledgement).toBe('SUCCESS');
    expect(received[0]).toEqual({
      ...{ EventType: 'bpms_instance_change', eventId: 'e-0' },
      ...{ processInstanceId: 'I-1', type: 'finish' },
    });
    expect(received[1]).toEqual({ frame: expect.stringContaining('"eventId":"e-0"') as string });
  });

  it('is taken too when it comes together with the answer to the handshake', async () => {
    const gateway = await startGateway();
    const acknowledged = new Promise((resolve) => {
      gateway.greet = (accepted) => resolve(accepted.event());
    });
    keepAt(gateway.base, around());
    expect(await acknowledged).toBe('SUCCESS');
  });

  it('is put off while the database is away, and the connection stands', async () => {
    const gateway = await startGateway();
    let isAway = true;
    const receive = (): Promise<Received> =>
      isAway
        ? Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
        : Promise.resolve('stored');
    const kept = keepAt(gateway.base, around(), { inbox: { receive } });
    await connections(gateway, 1);
    expect(await gateway.accepted[0]?.event()).toBe('LATER');
    isAway = false;
    expect(await gateway.accepted[0]?.event()).toBe('SUCCESS');
    expect(kept.state().state).toBe('connected');
    expect(gateway.accepted).toHaveLength(1);
  });

  it('that is under way is stored and acknowledged before the connection is closed', async () => {
    const gateway = await startGateway();
    const stored = Promise.withResolvers<Received>();
    let isReceived = false;
    const receive = (): Promise<Received> => {
      isReceived = true;
      return stored.promise;
    };
    const kept = keepAt(gateway.base, around(), { inbox: { receive } });
    await connections(gateway, 1);
    const acknowledgement = gateway.accepted[0]?.event();
    await vi.waitFor(() => expect(isReceived).toBe(true), PATIENT);
    const closed = kept.close();
    stored.resolve('stored');
    expect(await acknowledgement).toBe('SUCCESS');
    await closed;
    expect(gateway.accepted[0]?.socket.readyState).toBeGreaterThan(1);
  });
});

describe('a connection', () => {
  it('is made anew at once when the provider leaves, and what the old one still brings is taken', async () => {
    const gateway = await startGateway();
    const kept = keepAt(gateway.base, around(), { waits: { retry: [60_000] } });
    await connections(gateway, 1);
    gateway.accepted[0]?.system('disconnect', { reason: 'connection is expired' });
    await connections(gateway, 2);
    expect(await gateway.accepted[0]?.event()).toBe('SUCCESS');
    expect(await gateway.accepted[1]?.event()).toBe('SUCCESS');
    expect(kept.state()).toMatchObject({ state: 'connected', lastError: null });
    // A provider that only ever leaves is not run after.
    gateway.accepted[1]?.system('disconnect', { reason: 'connection is expired' });
    await vi.waitFor(() => expect(kept.state().state).toBe('down'), PATIENT);
    expect(gateway.asked).toHaveLength(2);
  });

  it('that cannot be had is tried less and less often', async () => {
    const gateway = await startGateway();
    gateway.endpoint = `${gateway.base.replace('http', 'ws').replace(/:\d+/, ':1')}/connect`;
    const kept = keepAt(gateway.base, around(), { waits: { retry: [20, 60, 180, 60_000] } });
    await vi.waitFor(() => expect(gateway.asked).toHaveLength(4), PATIENT);
    const pauses = gateway.asked.slice(1).map((at, n) => at - (gateway.asked[n] ?? 0));
    expect(pauses[0]).toBeGreaterThanOrEqual(20);
    expect(pauses[1]).toBeGreaterThanOrEqual(60);
    expect(pauses[2]).toBeGreaterThanOrEqual(180);
    await vi.waitFor(() => expect(kept.state().state).toBe('down'), PATIENT);
    expect(Date.parse(kept.state().nextTryAt ?? '') - Date.now()).toBeGreaterThan(30_000);
  });

  it('is made to the provider or below the base URL only, wherever the provider points', async () => {
    for (const [endpoint, told] of [
      ['wss://elsewhere.example/connect', 'elsewhere.example is not a host'],
      ['ws://127.0.0.1:1/provider/connect', '127.0.0.1:1 is not a host'],
      ['OUTSIDE', "outside the path of the channel's API base URL"],
      ['https://api.dingtalk.com/connect', 'no WebSocket address'],
    ] as const) {
      const gateway = await startGateway();
      gateway.endpoint = endpoint === 'OUTSIDE' ? `${new URL(gateway.base).origin}/other` : endpoint;
      gateway.endpoint = gateway.endpoint.replace('http:', 'ws:');
      const kept = keepAt(gateway.base, around(), { waits: { retry: [60_000] } });
      await vi.waitFor(() => expect(kept.state().state).toBe('down'), PATIENT);
      expect(kept.state().lastError).toContain(told);
      expect(kept.state().lastError).not.toContain('a-ticket');
      expect(gateway.accepted).toEqual([]);
    }
  });

  it('over which nothing comes any more is dead, and another one is made', async () => {
    const gateway = await startGateway();
    const kept = keepAt(gateway.base, around(), { waits: { silence: 300 } });
    await connections(gateway, 2);
    expect(kept.state().lastFrameAt).not.toBeNull();
    const [first, second] = gateway.accepted;
    expect(first?.socket.readyState).toBeGreaterThan(1);
    // A sign of life is enough.
    for (let n = 0; n < 4; n += 1) {
      second?.system('KEEPALIVE');
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(gateway.accepted).toHaveLength(2);
  });

  it('answers a ping, and what it did not ask for so that it does not come again', async () => {
    const gateway = await startGateway();
    keepAt(gateway.base, around());
    await connections(gateway, 1);
    const answers: { code: number; data: string }[] = [];
    const socket = gateway.accepted[0]?.socket;
    socket?.on('message', (text: Buffer) => answers.push(JSON.parse(text.toString()) as (typeof answers)[0]));
    gateway.accepted[0]?.system('ping', { opaque: 'x' });
    const headers = { topic: '/v1.0/im/bot/messages/get', messageId: 'm-9' };
    socket?.send(JSON.stringify({ type: 'CALLBACK', headers, data: '{}' }));
    socket?.send(JSON.stringify({ type: 'EVENT', headers: { messageId: 'm-8' }, data: 'no JSON' }));
    socket?.send('no frame at all');
    await vi.waitFor(() => expect(answers).toHaveLength(3), PATIENT);
    expect(answers.map(({ code }) => code)).toEqual([200, 404, 200]);
    expect(answers[0]?.data).toBe('{"opaque":"x"}');
    expect(answers[2]?.data).toContain('SUCCESS');
  });
});
