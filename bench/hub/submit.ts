import { percentile } from '../measure.ts';
import { keepBusy, targetAt } from './load.ts';
import type { Target } from './load.ts';
import type { Reading } from './reading.ts';
import { freshTaskId, submission } from './scene.ts';
import type { Scene } from './scene.ts';

export const CONCURRENCY = 16;
const ROUNDS = 3;
const ROUND_SECONDS = 2.5;
/** Longer than the whole measurement: a call of the hub's ends by its own patience, not with an answer. */
const NO_ANSWER_MS = 600_000;

/**
 * `POST /tasks` a second, beside the peers (peer-process.ts) in turns. Meanwhile the provider does not answer: all places of the
 * workers are taken by calls that wait for it, so that what is compared is the taking of tasks alone. Then once more while the
 * workers open as many approvals as they can, on the same two cores.
 */
export async function measureSubmit(scene: Scene, peersUrl: string): Promise<Reading[]> {
  const { hub, token } = scene;
  const peers = targetAt(peersUrl, CONCURRENCY);
  const round = (target: Target, path: string): Promise<number> =>
    keepBusy(() => target.ask({ ...submission(freshTaskId(), token), path }, 202), {
      seconds: ROUND_SECONDS,
      concurrency: CONCURRENCY,
    });
  const subjects = {
    hub: () => round(hub, '/api/v1/tasks'),
    plain: () => round(peers, '/plain'),
    byHand: () => round(peers, '/by-hand'),
  };
  const reached = { hub: [] as number[], plain: [] as number[], byHand: [] as number[] };
  try {
    await scene.setFaults({ latencyMs: NO_ANSWER_MS });
    for (const subject of Object.values(subjects)) await subject();
    for (let n = 0; n < ROUNDS; n += 1)
      for (const name of ['hub', 'plain', 'byHand'] as const) reached[name].push(await subjects[name]());
    await scene.setFaults({});
    const busy = await subjects.hub();
    const [rate, plain, byHand] = [reached.hub, reached.plain, reached.byHand].map((all) =>
      percentile(all, 0.5),
    ) as [number, number, number];
    return [
      { what: 'POST /tasks a second', value: rate, least: 300 },
      { what: 'one plain INSERT a second', value: plain },
      { what: 'the same rows by hand a second', value: byHand },
      { what: 'POST /tasks ÷ one plain INSERT', value: rate / plain, least: 0.25 },
      { what: 'POST /tasks ÷ the same rows by hand', value: rate / byHand, least: 0.8 },
      { what: 'POST /tasks a second, the workers opening approvals meanwhile', value: busy },
    ];
  } finally {
    await peers.close();
  }
}
