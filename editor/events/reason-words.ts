import type { ApprovalStatus } from '../../server/contract/stage.ts';

/** A reason that the hub gives for an event's outcome, in a form that other languages can say too. */
export type ReasonWords =
  | {
      readonly key: 'notOurs' | 'noApproval' | 'neverKnown' | 'ofTest' | 'answeredNull';
    }
  | { readonly key: 'movedNothing'; readonly status: ApprovalStatus }
  | { readonly key: 'replayed'; readonly by: string };

/** As server/events/*.ts word them. */
const KNOWN: Readonly<Record<string, ReasonWords>> = {
  'no mapping of the channel has this definition': { key: 'notOurs' },
  'speaks of no approval': { key: 'noApproval' },
  'no approval of ours became known for this instance in time': { key: 'neverKnown' },
  'of an approval that a test opened': { key: 'ofTest' },
  'the callback script answered null': { key: 'answeredNull' },
};

const MOVED_NOTHING = /^says (pending|approved|rejected|revoked), which moved nothing$/;
const REPLAYED = /^replayed by (.+)$/s;

/** Reads the hub's words; undefined for others, which are shown as they are: a script's error above all. */
export function reasonWords(reason: string): ReasonWords | undefined {
  if (Object.hasOwn(KNOWN, reason)) return KNOWN[reason];
  const [, status] = MOVED_NOTHING.exec(reason) ?? [];
  if (status !== undefined) return { key: 'movedNothing', status: status as ApprovalStatus };
  const [, by] = REPLAYED.exec(reason) ?? [];
  return by === undefined ? undefined : { key: 'replayed', by };
}
