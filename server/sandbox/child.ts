import { PreparedIsolate, shareCache } from './isolate.ts';
import { makePreludeCache, PRELUDE_FILE, readPrelude } from './prelude.ts';
import { readToChild } from './protocol.ts';
import type { FromChild, RunEnd, RunOrder } from './protocol.ts';
import { ScriptRun } from './run-script.ts';
import { Turns } from './turns.ts';

/**
 * Entry point of the child process in which scripts run. It has an empty environment, can read only its own program files, and has no
 * network, child processes or workers (child-process.ts starts it so).
 */

function send(message: FromChild): void {
  // When the parent is gone this process exits (see 'disconnect'): without a channel there is nobody to send to.
  if (process.connected) process.send?.(message);
}

const text = readPrelude();
const prelude = { text, file: PRELUDE_FILE, cache: shareCache(await makePreludeCache(text)) };
const runs = new Map<number, ScriptRun>();
const ready: PreparedIsolate[] = [];
let wanted = 0;
let turns = new Turns(1);
let memoryMiB = 64;
let clients: Readonly<Record<string, string>> = {};

function prepare(memory: number): PreparedIsolate {
  return new PreparedIsolate(prelude, memory, () => send({ type: 'lost', id: null }));
}

/** Preparing an isolate keeps a core busy for a millisecond or two: while some are left, the answer just sent goes first. */
const REFILL_AFTER_MS = 3;
let refilling: NodeJS.Timeout | undefined;

/** One at a time between messages, so that a run never waits for more than one isolate being prepared. */
function refill(): void {
  refilling = undefined;
  if (ready.length < wanted) ready.push(prepare(memoryMiB));
  refillSoon();
}

function refillSoon(): void {
  if (ready.length < wanted) refilling ??= setTimeout(refill, ready.length === 0 ? 0 : REFILL_AFTER_MS);
}

function takeIsolate(memory: number): PreparedIsolate {
  const made = memory === memoryMiB ? ready.pop() : undefined;
  return made ?? prepare(memory);
}

async function runScript(id: number, key: string, order: RunOrder): Promise<RunEnd> {
  const isolate = takeIsolate(order.limits.memoryMiB);
  isolate.lostHandler = () => send({ type: 'lost', id });
  const source = order.client === null ? undefined : clients[order.client];
  const client = order.client === null || source === undefined ? null : { name: order.client, source };
  const run = new ScriptRun(order, client, isolate, {
    progress: (logs, secrets, calls) => {
      if (logs.length + secrets.length + calls.length > 0)
        send({ type: 'progress', id, logs, secrets, calls });
    },
    stuck: () => send({ type: 'stuck', id }),
    turn: () => turns.take(key),
  });
  runs.set(id, run);
  try {
    return await run.end();
  } finally {
    runs.delete(id);
    // After the answer has left: disposing of an isolate takes time too.
    setImmediate(() => isolate.dispose());
    refillSoon();
  }
}

/** The failure of a run in which a bug of ours appeared. The other runs of this child are not affected. */
function faultOf(error: unknown): RunEnd {
  const message = `The sandbox failed at this script: ${String(error)}`;
  const failure = { message, line: null, column: null, stack: `SANDBOX_CRASHED: ${message}` };
  return { failure: { code: 'SANDBOX_CRASHED', ...failure }, warnings: [], cpuMs: 0, memoryBytes: 0 };
}

process.on('message', (raw) => {
  const message = readToChild(raw);
  switch (message.type) {
    case 'configure':
      clients = message.clients;
      wanted = message.ready;
      turns = new Turns(message.turns);
      memoryMiB = message.memoryMiB;
      refill();
      send({ type: 'up' });
      break;
    case 'run':
      void runScript(message.id, message.key, message.order)
        .catch(faultOf)
        .then((end) => send({ type: 'end', id: message.id, end }));
      break;
    case 'reply':
      runs.get(message.id)?.reply(message.call, message.reply);
      break;
    case 'cancel':
      runs.get(message.id)?.cancel();
      break;
    case 'ping':
      send({ type: 'pong', n: message.n });
      break;
  }
});

// The parent is gone, perhaps killed: nobody wants the answers. A busy isolate can block a normal exit, hence SIGKILL.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
