import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { expect, onTestFinished, vi } from 'vitest';
import type { Clock } from '../../server/simulator/dingtalk/clock.ts';
import { decryptMessage, encryptMessage, signature } from '../../server/simulator/dingtalk/crypto.ts';
import { createDingtalkSimulator, DINGTALK_PREFIX } from '../../server/simulator/dingtalk/index.ts';

/** A clock that stands still until it is told to go on. */
export interface SteppedClock extends Clock {
  /** Goes on by `ms`, running what falls due on the way, in order. */
  step(ms: number): void;
  /** Waits until all that is set to run is so in exactly `ms`: whatever was under way has come to its end. */
  willRunIn(ms: number): Promise<void>;
  /** Waits until nothing is set to run: every push was answered. */
  quiet(): Promise<void>;
}

export function steppedClock(start = Date.UTC(2026, 10, 22, 2, 0, 0)): SteppedClock {
  let now = start;
  const timers = new Set<{ due: number; run: () => void }>();
  const pendingAre = (waits: readonly number[]): Promise<void> =>
    vi.waitFor(() => expect([...new Set([...timers].map((timer) => timer.due - now))]).toEqual(waits), {
      timeout: 5000,
    });
  return {
    now: () => now,
    setTimeout(run, ms) {
      const timer = { due: now + ms, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => void timers.delete(timer as { due: number; run: () => void }),
    step(ms) {
      const end = now + ms;
      const due = (): { due: number; run: () => void } | undefined =>
        [...timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      for (let timer = due(); timer; timer = due()) {
        timers.delete(timer);
        now = timer.due;
        timer.run();
      }
      now = end;
    },
    willRunIn: (ms) => pendingAre([ms]),
    quiet: () => pendingAre([]),
  };
}

/** Any text, and text of a form, for `toEqual` and its like. */
export const anyText = expect.any(String) as unknown;
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The instance of a detail call, as far as the tests look into it. */
export interface Detail {
  readonly status: string;
  readonly result: string;
  readonly tasks: readonly { taskId: number; userId: string; status: string; result: string }[];
  readonly operationRecords: readonly object[];
  readonly formComponentValues: readonly object[];
  readonly ccUserIds: readonly string[];
}

/** Every field of an answer that a test looks into; which of them are there is what the tests assert. */
export interface Answered {
  readonly code: string;
  readonly message: string;
  readonly requestid: string;
  readonly errcode: number;
  readonly accessToken: string;
  readonly access_token: string;
  readonly instanceId: string;
  readonly process_instance_id: string;
  readonly process_instance: object;
  readonly success: boolean;
  readonly corpId: string;
  readonly items: readonly { instanceId: string; status: string }[];
  readonly has_more: boolean;
  readonly failed_list: readonly Readonly<Record<string, { bpmsCallBackData: object }>>[];
  readonly result: Detail & {
    readonly list: readonly string[];
    readonly processCode: string;
    readonly dept_id_list: readonly number[];
    readonly schemaContent: { readonly items: readonly object[] };
    readonly workflowActivityRules: readonly [{ readonly workflowActor: { readonly actorKey: string } }];
  };
}

/** One answer, decoded. */
export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Answered;
}

export interface DingTalk {
  readonly base: string;
  readonly clock: SteppedClock;
  /** What the simulator told the person at its terminal. */
  readonly lines: readonly string[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Heard>;
  /** A call of the new family with a valid token. */
  api(method: string, path: string, body?: unknown): Promise<Heard>;
  /** A call of the old family with a valid token. */
  topapi(path: string, body?: unknown, method?: string): Promise<Heard>;
  control(method: string, path: string, body?: unknown): Promise<Heard>;
  /** Opens an instance by user-li; its id. */
  create(extra?: Record<string, unknown>): Promise<string>;
  /** `result` of the detail call. */
  detail(instanceId: string): Promise<Detail>;
}

/** A simulator of the test's own behind a real server; gone when the test is. */
export async function startDingTalk({
  clock = steppedClock(),
  ...options
}: { publicUrl?: string; clock?: SteppedClock } = {}): Promise<DingTalk> {
  const lines: string[] = [];
  const simulator = createDingtalkSimulator({ clock, log: (line) => lines.push(line), ...options });
  const app = new Koa();
  app.silent = true;
  app.use(simulator.middleware);
  const handle = app.callback();
  const server = createServer({ shouldUpgradeCallback: simulator.isConnect }, (request, response) => {
    void handle(request, response);
  });
  server.on('upgrade', simulator.upgrade);
  const base = `${await listen(server)}${DINGTALK_PREFIX}`;
  onTestFinished(() => simulator.close());

  const call: DingTalk['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const json = (isJson ? JSON.parse(text) : {}) as Answered;
    return { status: response.status, headers: response.headers, text, json };
  };
  const token = async (): Promise<string> => {
    const body = { appKey: 'ding-demo', appSecret: 'demo-secret' };
    return (await call('POST', '/v1.0/oauth2/accessToken', body)).json.accessToken;
  };
  const dingtalk: DingTalk = {
    base,
    clock,
    lines,
    call,
    api: async (method, path, body) =>
      call(method, path, body, { 'x-acs-dingtalk-access-token': await token() }),
    topapi: async (path, body, method = 'POST') => {
      const glue = path.includes('?') ? '&' : '?';
      return call(
        method,
        `${path}${glue}access_token=${await token()}`,
        method === 'GET' ? undefined : (body ?? {}),
      );
    },
    control: (method, path, body) => call(method, `/_control${path}`, body),
    async create(extra = {}) {
      const answer = await dingtalk.api('POST', '/v1.0/workflow/processInstances', {
        ...createBody(),
        ...extra,
      });
      expect(answer.json).toEqual({ instanceId: anyText });
      return answer.json.instanceId;
    },
    detail: async (instanceId) =>
      (await dingtalk.api('GET', `/v1.0/workflow/processInstances?processInstanceId=${instanceId}`)).json
        .result,
  };
  return dingtalk;
}

export const createBody = (): Record<string, unknown> => ({
  originatorUserId: 'user-li',
  processCode: 'PROC-DEMO',
  deptId: -1,
  formComponentValues: [{ name: 'Task ID', value: 'T-1' }],
});

/** Callback credentials as a hub would have them. */
export const SUBSCRIPTION = {
  token: 'hubtoken',
  aesKey: '1234567890123456789012345678901234567890123',
};

export interface Pushed {
  readonly payload: Record<string, unknown>;
  readonly receiveId: string;
  readonly url: URL;
}

export interface Hub {
  readonly url: string;
  /** Events received in order, checks of the URL left out. */
  readonly events: readonly Pushed[];
  readonly checks: readonly Pushed[];
  /** What the hub does with the next pushes; 'success' at first. */
  reply: (event: Pushed) => 'success' | 'silence' | 'http500' | 'unsigned' | 'unencrypted';
  /** Waits until `count` events have come. */
  received(count: number): Promise<readonly Pushed[]>;
}

/** A hub's callback: verifies, decrypts, answers, with real sockets. */
export async function startHub(): Promise<Hub> {
  const events: Pushed[] = [];
  const checks: Pushed[] = [];
  const server = createServer((request, response) => {
    void open(request).then((pushed) => {
      const isCheck = pushed.payload.EventType === 'check_url';
      (isCheck ? checks : events).push(pushed);
      const reply = hub.reply(pushed);
      if (reply === 'silence') return;
      response.statusCode = reply === 'http500' ? 500 : 200;
      response.end(
        reply === 'unencrypted' ? '"success"' : JSON.stringify(sealedSuccess(pushed, reply === 'unsigned')),
      );
    });
  });
  const url = `${await listen(server)}/callbacks/1?kept=yes`;
  const hub: Hub = {
    url,
    events,
    checks,
    reply: () => 'success',
    received: async (count) => {
      await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(count), { timeout: 5000 });
      return events;
    },
  };
  return hub;
}

async function open(request: IncomingMessage): Promise<Pushed> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const url = new URL(request.url ?? '', 'http://hub');
  const { encrypt } = JSON.parse(text) as { encrypt: string };
  const [timestamp, nonce] = [url.searchParams.get('timestamp') ?? '', url.searchParams.get('nonce') ?? ''];
  expect(url.searchParams.get('signature')).toBe(signature(SUBSCRIPTION.token, timestamp, nonce, encrypt));
  const { message, receiveId } = decryptMessage(SUBSCRIPTION.aesKey, encrypt);
  return { payload: JSON.parse(message) as Record<string, unknown>, receiveId, url };
}

function sealedSuccess({ receiveId }: Pushed, unsigned: boolean): Record<string, string> {
  const encrypt = encryptMessage(SUBSCRIPTION.aesKey, 'success', receiveId);
  const sign = signature(SUBSCRIPTION.token, '1', 'n', encrypt);
  return { msg_signature: unsigned ? sign.replace(/./g, '0') : sign, timeStamp: '1', nonce: 'n', encrypt };
}

/** Points ding-demo's events at a hub. */
export const subscribe = (dingtalk: DingTalk, hub: Hub): Promise<Heard> =>
  dingtalk.control('POST', '/apps', {
    appKey: 'ding-demo',
    appSecret: 'demo-secret',
    ...SUBSCRIPTION,
    callbackUrl: hub.url,
  });

/** `bpms_task_change finish redirect`: an event in three words. */
export const inWords = ({ payload: { EventType, type, result } }: Pushed): string =>
  [EventType, type, result].filter((word) => typeof word === 'string').join(' ');
