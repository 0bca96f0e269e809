import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { encryptMessage, randomText, signature } from '../../server/simulator/dingtalk/crypto.ts';
import { percentile } from '../measure.ts';
import { atRate, targetAt } from './load.ts';
import type { Call } from './load.ts';
import { quiet } from './quiet.ts';
import type { Reading } from './reading.ts';
import { APP_ID, DEFINITION, freshTaskId, KEYS, submission } from './scene.ts';
import type { Scene } from './scene.ts';

/** As a provider with many machines: no push waits for another's connection. */
const CONNECTIONS = 500;
const LINKED = 50;

interface Opened {
  readonly approval: { readonly approvalInstanceId: string } | null;
}

/**
 * From a correctly signed push to its acknowledgement: 100 a second for ten seconds, then 500 in one moment. Every other one is of an
 * approval that the hub opened, so that the callback stage runs for it meanwhile; the others are of approvals of the same
 * definition that it does not know, and wait.
 */
export async function measureCallbacks(scene: Scene): Promise<Reading[]> {
  const instances = await openSome(scene);
  const provider = targetAt(scene.url, CONNECTIONS);
  const pushes = (count: number): Call[] =>
    Array.from({ length: count }, (_, n) => {
      const known = n % 2 === 0 ? instances[n % instances.length] : undefined;
      return push(scene.channelId, known ?? `unknown-${randomUUID()}`);
    });
  /** Milliseconds; Infinity for one that was refused: DingTalk would have to come again. */
  const acknowledge = async (each: Call, from: number): Promise<number> => {
    try {
      await provider.ask(each, 200);
      return performance.now() - from;
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      return Infinity;
    }
  };
  try {
    const steady = pushes(1_000);
    const rate = { perSecond: 100, seconds: 10 };
    const latencies = await atRate((index, plannedAt) => acknowledge(steady[index] as Call, plannedAt), rate);
    await quiet(scene.hub);
    const burst = pushes(500);
    const startedAt = performance.now();
    const burstLatencies = await Promise.all(burst.map((each) => acknowledge(each, startedAt)));
    return [
      { what: 'callback acknowledged at 100/s: p50, ms', value: percentile(latencies, 0.5) },
      { what: 'callback acknowledged at 100/s: p99, ms', value: percentile(latencies, 0.99), most: 100 },
      {
        what: '500 callbacks at once: the last acknowledged, ms',
        value: Math.max(...burstLatencies),
        most: 1_500,
      },
    ];
  } finally {
    await provider.close();
  }
}

/** Opens approvals. @returns their instance ids */
async function openSome({ hub, token }: Scene): Promise<string[]> {
  const taskIds = Array.from({ length: LINKED }, freshTaskId);
  await Promise.all(taskIds.map((taskId) => hub.ask(submission(taskId, token), 202)));
  return Promise.all(
    taskIds.map(async (taskId) => {
      for (;;) {
        const task = (await hub.ask(
          { method: 'GET', path: `/api/v1/tasks/${taskId}`, token },
          200,
        )) as Opened;
        if (task.approval !== null) return task.approval.approvalInstanceId;
        await pause(100);
      }
    }),
  );
}

/** A push as DingTalk sends it (protocols/dingtalk.md §7, §8): somebody at a step of the approval has begun. */
function push(channelId: string, processInstanceId: string): Call {
  const now = Date.now();
  const event = {
    ...{ EventType: 'bpms_task_change', type: 'start', eventId: randomUUID().replaceAll('-', '') },
    ...{
      processInstanceId,
      processCode: DEFINITION,
      taskId: 71_234_567,
      staffId: 'user-wang',
      title: 'A change',
    },
    ...{ createTime: now, EventTime: now, BizId: String(Math.floor(now / 1_000)), bizCategoryId: '' },
  };
  const encrypt = encryptMessage(KEYS.aesKey, JSON.stringify(event), APP_ID);
  const [timestamp, nonce] = [String(now), randomText(8)];
  const query = new URLSearchParams({
    ...{ signature: signature(KEYS.token, timestamp, nonce, encrypt), timestamp, nonce },
  });
  return {
    method: 'POST',
    path: `/callbacks/${channelId}?${query.toString()}`,
    body: JSON.stringify({ encrypt }),
  };
}
