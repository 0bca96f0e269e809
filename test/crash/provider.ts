import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import Koa from 'koa';
import { createDingtalkSimulator, DINGTALK_PREFIX } from '../../server/simulator/dingtalk/index.ts';
import { systemClock } from '../../server/simulator/dingtalk/clock.ts';
import type { Clock } from '../../server/simulator/dingtalk/clock.ts';
import { clientOf } from '../support/hub.ts';
import type { Client } from '../support/hub.ts';

/** An approval as the provider's side has it. */
export interface Standing {
  readonly instanceId: string;
  readonly status: 'RUNNING' | 'COMPLETED' | 'TERMINATED';
  readonly result: string;
  readonly form: readonly { readonly name: string; readonly value: string }[];
}

/** The simulated provider: runs in the test's process and outlives every hub. */
export interface Provider {
  /** The apiBaseUrl for a channel. */
  readonly apiBaseUrl: string;
  /** Below the control API. */
  readonly control: Client;
  standing(): Promise<readonly Standing[]>;
  decide(instanceId: string, verb: 'approve' | 'refuse' | 'withdraw'): Promise<void>;
  close(): Promise<void>;
}

/** Failed pushes are repeated after 10 s and 30 s: long waits are divided by this, short ones (timeouts, latency) are not. */
const STEP = 20;
const LONG_MS = 10_000;

const steppingClock: Clock = {
  ...systemClock,
  setTimeout: (run, ms) => systemClock.setTimeout(run, ms >= LONG_MS ? ms / STEP : ms),
};

export async function openProvider(): Promise<Provider> {
  const simulator = createDingtalkSimulator({ clock: steppingClock });
  const app = new Koa();
  // A hub that is killed cuts its connections.
  app.on('error', () => undefined);
  app.use(simulator.middleware);
  const handle = app.callback();
  const server = createServer({ shouldUpgradeCallback: simulator.isConnect }, (request, response) => {
    void handle(request, response);
  });
  server.on('upgrade', simulator.upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const apiBaseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}${DINGTALK_PREFIX}`;
  const control = clientOf(`${apiBaseUrl}/_control`);
  return {
    apiBaseUrl,
    control,
    async standing() {
      const { body } = await control('GET', '/instances');
      return (body as { items: Standing[] }).items;
    },
    async decide(instanceId, verb) {
      const { status, body } = await control('POST', `/instances/${instanceId}/${verb}`, {});
      // 409: somebody was there first.
      if (status !== 201 && status !== 409) throw new Error(`${verb}: ${JSON.stringify(body)}`);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await simulator.close();
    },
  };
}

/** The task that an approval was opened for. */
export const taskIdIn = ({ form }: Standing): string =>
  form.find(({ name }) => name === 'Task ID')?.value ?? '';

/** What a task must become of an approval that stands so. */
export const statusOf = ({ status, result }: Standing): string => {
  if (status === 'RUNNING') return 'pending';
  if (status === 'TERMINATED') return 'revoked';
  return result === 'agree' ? 'approved' : 'rejected';
};
