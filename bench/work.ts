import { readFileSync } from 'node:fs';
import { convert } from '../server/contract/convert.ts';
import { completeVariables, VARIABLES } from '../server/contract/variables.ts';
import { resolveLimits } from '../server/sandbox/limits.ts';
import { readPrelude } from '../server/sandbox/prelude.ts';

/**
 * The work that every peer does: the guide's create mapping (twelve fields, one of them put together by String.format)
 * with all 31 variables and a SQL text of 5,000 characters; the answer is the mapped form.
 */
const mapping = readFileSync(new URL('../docs/examples/create.js', import.meta.url), 'utf8');

/** As the author typed it; only the engine converts it, the others are handed JavaScript. */
export const source = `${mapping}\nreturn { approvalInstanceId: "bench", form: fromField }`;
export const javascript = convert(source).code;

const samples = Object.fromEntries(VARIABLES.map(({ name, sample }) => [name, sample]));
const sql = 'UPDATE orders SET state = 7 WHERE id = 12345 AND state = 3; '.repeat(100).slice(0, 5_000);

export const variables = completeVariables({ ...samples, SQL_CONTENT: undefined, SQL_FULL_CONTENT: sql });
export const globals: Record<string, string> = { ...variables, accessToken: 'token', API_BASE_URL: '' };
export const limits = resolveLimits();
export const prelude = readPrelude();

/** What `bridge.start` takes: the same for every peer that runs the prelude. */
export const startOrder = JSON.stringify({
  stage: 'create',
  source: javascript,
  globals,
  objects: ['fromField', 'reqBody'],
  client: null,
  limits: {
    logLines: limits.logLines,
    logBytes: limits.logBytes,
    resultBytes: limits.resultBytes,
    httpOutBytes: limits.httpOutBytes,
    httpCalls: limits.httpCalls,
    timers: 100,
  },
});

/** The answer in `bridge.drain()`'s text. @throws Error when the script failed there */
export function answerOf(drained: string): string {
  const { state, result, error } = JSON.parse(drained) as {
    state: string;
    result?: string;
    error?: { message: string };
  };
  if (state !== 'done' || result === undefined)
    throw new Error(`the script did not finish: ${error?.message ?? state}`);
  return result;
}

/** @throws Error when an answer is not the mapped form: a peer that is fast at doing something else does not count. */
export function check(answer: string): void {
  const { form } = JSON.parse(answer) as { form?: { name: string; value: string }[] };
  const summary = form?.find(({ name }) => name === 'Summary')?.value;
  const wanted = `${variables.TASK_URL}, ${variables.AUTH_SENSITIVE}, ${variables.EXPORT_OBJECT}`;
  if (form?.length !== 12 || summary !== wanted)
    throw new Error(`not the mapped form: ${answer.slice(0, 200)}`);
}
