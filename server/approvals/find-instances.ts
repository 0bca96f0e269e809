import { z } from 'zod';
import { isDatabaseAway } from '../db/away.ts';
import type { Intent } from '../db/tables.ts';
import type { ApprovalDeps } from './deps.ts';
import { linkedSince } from './intent-store.ts';
import { whyOf } from './judge.ts';
import type { Why } from './judge.ts';
import { contextOf } from './work.ts';
import type { Work } from './work.ts';

/** What scripts/<provider>/hub/find.js answers. */
const found = z.object({
  candidates: z.array(z.object({ approvalInstanceId: z.string(), createdAt: z.string().nullish() })),
  near: z.array(z.object({ approvalInstanceId: z.string() })),
  lookedAt: z.array(z.string()),
  complete: z.boolean(),
  page: z.number(),
  ahead: z.number(),
});

type Candidate = z.infer<typeof found>['candidates'][number];

/** `near`: instances that may be it, should the provider have written some field in another way. */
export type Listing =
  | { readonly candidates: readonly string[]; readonly near: readonly string[]; readonly complete: boolean }
  | { readonly failed: Why };

/** What is sought: an intent, and when it was written. */
export interface Sought {
  readonly intent: Intent;
  readonly intentAt: Date;
  readonly ageMs: number;
  readonly signal: AbortSignal | undefined;
}

/** One run looks at few instances (it has 20 calls); more than so many runs are not worth a company's calls. */
const MOST_RUNS = 8;
/** A call that leaves within seconds of its intent has opened its approval by then, or never will; clocks may differ. */
const WINDOW_MS = 10 * 60_000;

/**
 * Searches the provider for instances with an intent's definition, originator and form since it was written, leaving out those that
 * have their approval.
 * @param work whose channel and scripts are asked with
 * @param intentAt by the database's clock; `ageMs`: how long ago that is
 * @returns candidates oldest first, or why there are none to be had
 */
export async function findInstances(
  deps: Pick<ApprovalDeps, 'knex' | 'caller' | 'log'>,
  work: Work,
  sought: Sought,
): Promise<Listing> {
  const exclude = new Set(await linkedSince(deps.knex, work.channel.id, sought.intentAt));
  const candidates: Candidate[] = [];
  const near: string[] = [];
  let [page, ahead] = [0, 0];
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const answer = await ask(deps, work, sought, { exclude: [...exclude], page, ahead });
    if ('failed' in answer) return answer;
    candidates.push(...answer.candidates);
    near.push(...answer.near.map(({ approvalInstanceId }) => approvalInstanceId));
    if (answer.complete) return { candidates: oldestFirst(candidates), near, complete: true };
    for (const id of answer.lookedAt) exclude.add(id);
    ({ page, ahead } = answer);
  }
  return { candidates: oldestFirst(candidates), near, complete: false };
}

async function ask(
  { caller, log }: Pick<ApprovalDeps, 'caller' | 'log'>,
  { channel, scripts, task, approval }: Work,
  { intent, intentAt, ageMs, signal }: Sought,
  seen: { exclude: readonly string[]; page: number; ahead: number },
): Promise<z.infer<typeof found> | { failed: Why }> {
  const { definitionId, originator, form } = intent;
  const from = intentAt.getTime();
  try {
    const { value, failure } = await caller.ask({
      ...{ channel, scripts, question: 'find', signal, context: contextOf(task, approval) },
      input: { definitionId, originator, form, from, to: from + WINDOW_MS, age: ageMs, ...seen },
    });
    return failure === undefined ? found.parse(value) : { failed: whyOf(failure) };
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log.error({ err: error, approvalId: approval.id }, 'The provider could not be searched.');
    return { failed: COULD_NOT_SEARCH };
  }
}

const COULD_NOT_SEARCH: Why = {
  code: 'INTERNAL',
  message: 'The provider could not be searched; the log of the server says why.',
};

const oldestFirst = (candidates: readonly Candidate[]): string[] => [
  ...new Set(
    candidates
      .toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? -1 : 1))
      .map(({ approvalInstanceId }) => approvalInstanceId),
  ),
];
