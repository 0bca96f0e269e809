/**
 * Runs scripts in real isolates for the tests of the prelude, and pumps them as the host does: start, then drain and resume until the
 * run is over or nothing is left to wait for. A process of its own, because isolated-vm needs --no-node-snapshot.
 */
import { readFileSync } from 'node:fs';
import ivm from 'isolated-vm';
import type { Case, Drained, Outcome } from './isolates.ts';

const FOLDER = new URL('../../../server/sandbox/prelude/', import.meta.url);
const order = JSON.parse(readFileSync(new URL('order.json', FOLDER), 'utf8')) as string[];
const text = order.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
const prelude = `(() => { 'use strict';${text}\nreturn bridge; })()`;

const DEFAULTS = {
  logLines: 500,
  logBytes: 65_536,
  resultBytes: 1_048_576,
  httpOutBytes: 1_048_576,
  httpCalls: 20,
  timers: 100,
};
const ENTRY_MS = 10_000;
const MOST_ENTRIES = 200;

async function run(given: Case): Promise<Outcome> {
  const isolate = new ivm.Isolate({ memoryLimit: 64 });
  try {
    const context = await isolate.createContext();
    const bridge = await context.eval(prelude, { filename: 'countersign:prelude', reference: true });
    const timeout = given.entryMs ?? ENTRY_MS;
    return pump(given, (name, json) => {
      const entry = bridge.getSync(name, { reference: true }) as ivm.Reference<
        (json?: string) => string | undefined
      >;
      return entry.applySync(undefined, json === undefined ? [] : [json], { timeout });
    });
  } finally {
    if (!isolate.isDisposed) isolate.dispose();
  }
}

type Enter = (name: 'start' | 'resume' | 'drain', json?: string) => string | undefined;

function pump(given: Case, enter: Enter): Outcome {
  const entryErrors: string[] = [];
  const guarded: Enter = (name, json) => {
    try {
      return enter(name, json);
    } catch (error) {
      entryErrors.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  guarded(
    'start',
    JSON.stringify({
      stage: given.stage ?? 'create',
      source: given.source,
      globals: given.globals ?? {},
      event: given.event,
      objects: given.objects ?? ['fromField', 'reqBody'],
      client: given.client ?? null,
      limits: { ...DEFAULTS, ...given.limits },
      entropy: given.entropy ?? '00'.repeat(32),
    }),
  );
  const drains: Drained[] = [];
  const replies = [...(given.replies ?? [])];
  const timers = new Map<number, number>();
  for (let entries = 0; entries < MOST_ENTRIES; entries++) {
    const drained = JSON.parse(enter('drain') ?? '') as Drained;
    drains.push(drained);
    for (const { id, ms } of drained.timers) timers.set(id, ms);
    for (const id of drained.cleared) timers.delete(id);
    const answers = drained.http.flatMap(({ id, url }) => {
      const reply = replies.shift();
      const plain = { ok: true, status: 200, statusText: 'OK', url, headers: [], body: '' };
      return reply === undefined ? [] : [{ ...plain, id, ...reply }];
    });
    const [next] = [...timers].sort(([, a], [, b]) => a - b);
    const due = answers.length === 0 && next !== undefined ? [next[0]] : [];
    for (const id of due) timers.delete(id);
    if (drained.state !== 'running' || entryErrors.length > 0 || answers.length + due.length === 0) break;
    guarded('resume', JSON.stringify({ replies: answers, timers: due }));
  }
  return { drains, entryErrors };
}

process.on('message', ({ id, given }: { id: number; given: Case }) => {
  run(given).then(
    (outcome) => process.send?.({ id, outcome }),
    (error: unknown) => process.send?.({ id, failed: error instanceof Error ? error.stack : String(error) }),
  );
});
