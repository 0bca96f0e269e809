import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';

const folder = new URL('./prelude/', import.meta.url);

/**
 * The prelude: all that a script finds in scope, as one expression that evaluates to the bridge. The files share one
 * closure, in the order of order.json; none of their names is visible to a script unless the prelude puts it on the global.
 */
export function readPrelude(): string {
  const order = JSON.parse(readFileSync(new URL('order.json', folder), 'utf8')) as string[];
  const files = order.map((name) => readFileSync(new URL(name, folder), 'utf8'));
  return `(() => { 'use strict';\n${files.join('\n')}\nreturn bridge; })()`;
}

/** The name of the prelude's text in stacks; the code cache holds for a text of this name. */
export const PRELUDE_FILE = 'countersign:prelude';

/** Uses what most scripts use, so that its code is in the cache. Ours, and sent nowhere. */
const WARM_UP = `
  fromField.add(new JSONObject().fluentPut('name', 'Summary').fluentPut('value', String.format('%s, %d', TASK_ID, 1)));
  reqBody.put('approvers', new JSONArray());
  console.log('warm', { up: [1] });
  JSON.toJSONString(JSON.parseObject('{"a":1}'));
  if (TASK_ID.equals('')) setTimeout(() => {}, 1);
  const reply = await fetch('https://warm.invalid/', { method: 'POST', body: JSON.stringify({ form: fromField }) });
  const { list } = await reply.json();
  return { approvalInstanceId: TASK_ID, list, form: fromField };`;

const GENEROUS = {
  logLines: 10,
  logBytes: 10_000,
  resultBytes: 10_000,
  httpOutBytes: 10_000,
  httpCalls: 1,
  timers: 1,
};

interface Bridge {
  start(json: string): void;
  resume(json: string): void;
  drain(): string;
}

/**
 * V8's code cache of the prelude, with the functions in it that a script's run calls. V8 compiles a function when it is
 * first called, so an isolate that starts from a cache made before anything ran would compile them again for each run;
 * this one spares two thirds of a small script's time. isolated-vm cannot make such a cache, node:vm can: same V8, same
 * flags, same text. Made of our own text only, never of a user's (CVE-2022-39266).
 * @throws Error when the prelude does not work
 */
export async function makePreludeCache(prelude: string): Promise<ArrayBuffer> {
  const script = new Script(prelude, { filename: PRELUDE_FILE });
  const bridge = script.runInContext(createContext({})) as Bridge;
  const order = {
    stage: 'create',
    source: WARM_UP,
    globals: { TASK_ID: '' },
    objects: ['fromField', 'reqBody'],
    client: null,
    limits: GENEROUS,
  };
  bridge.start(JSON.stringify(order));
  await settled();
  bridge.drain();
  const reply = {
    id: 1,
    ok: true,
    status: 200,
    statusText: 'OK',
    url: 'https://warm.invalid/',
    headers: [],
    body: '{"list":[]}',
  };
  bridge.resume(JSON.stringify({ replies: [reply], timers: [] }));
  await settled();
  const { state, error } = JSON.parse(bridge.drain()) as { state: string; error?: { message: string } };
  if (state !== 'done') throw new Error(`the prelude does not work: ${error?.message ?? state}`);
  const data = script.createCachedData();
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
}

/** After all microtasks. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
