import type { Waits } from '../waits.ts';
import type { Sibling } from './intent-store.ts';

/** What is known when the provider's listing has been searched for an uncertain create. */
export interface Searched {
  /** Instances with the very contents of the intent that belong to nobody yet, oldest first. */
  readonly candidates: readonly string[];
  /** Instances of nobody's that may be it, should the provider have written a date, a number or a table in another way. */
  readonly near: readonly string[];
  /** Whether every instance that could be it was looked at. */
  readonly complete: boolean;
  /** How long before the search the intent was written. */
  readonly ageMs: number;
  /** How long before the search absence was first proved; null: it was not. */
  readonly absentMs: number | null;
  /** Other uncertain creates of the same content, with their ages when the search is judged: what is young may be on its way. */
  readonly siblings: readonly Sibling[];
  /** Searches before this one, and how often the create was sent again already. */
  readonly searches: number;
  readonly resends: number;
}

export type SearchDecision =
  | { readonly do: 'adopt'; readonly instanceId: string }
  /** Search again after `waitMs`. `isProof`: this search counts as the first proof of absence. */
  | { readonly do: 'wait'; readonly waitMs: number; readonly isProof: boolean }
  /** It is proved that nothing stands: the create may leave once more. */
  | { readonly do: 'send again' }
  /** The same, but it was sent often enough. */
  | { readonly do: 'give up' }
  | { readonly do: 'unknown'; readonly because: 'several' | 'near' | 'tested' | 'undecided' };

/** Each time is a risk, should the provider's listing lag longer than we know: twice, then a person. */
const MOST_RESENDS = 2;

/**
 * Decides what a search means. Adopts only what can be nobody else's; believes in absence only when two searches, the first one long
 * enough after the intent and the second long enough after the first, found nothing (protocols/dingtalk.md §5: a listing lags).
 */
export function decideSearch(
  searched: Searched,
  waits: Pick<Waits, 'search' | 'settle' | 'absentApart'>,
): SearchDecision {
  const { candidates, near, complete, ageMs, absentMs, siblings } = searched;
  /** @param mostMs a search after this decides, however long the waits have become while the provider was down */
  const again = ({ isProof = false, mostMs = Infinity } = {}): SearchDecision => {
    const planned = waits.search[searched.searches + 1];
    if (planned === undefined) return { do: 'unknown', because: 'undecided' };
    return { do: 'wait', waitMs: Math.min(planned, Math.ceil(mostMs)), isProof };
  };
  if (!complete) return again();
  const [oldest] = candidates;
  if (oldest !== undefined) {
    if (candidates.length > 1 + siblings.length) return { do: 'unknown', because: 'several' };
    // Equal contents cannot be told apart: whoever wrote first takes the oldest, and nobody takes what a call on its way may have opened.
    const isAnothersTurn = siblings.some(
      ({ isOlder, ageMs: age, test }) =>
        test !== 'lost' && (isOlder || age < waits.settle || test === 'running'),
    );
    if (isAnothersTurn) return again();
    // Nobody waits for what a test has lost, and whoever ran it may be about to take it back.
    if (siblings.some(({ test }) => test === 'lost')) return { do: 'unknown', because: 'tested' };
    return { do: 'adopt', instanceId: oldest };
  }
  // Somebody else's may be linked any moment, and is then left out. What still stands alone could be this one: never sent again.
  if (near.length > 0)
    return ageMs < waits.settle + waits.absentApart ? again() : { do: 'unknown', because: 'near' };
  if (ageMs < waits.settle) return again();
  if (absentMs === null) return again({ isProof: true, mostMs: waits.absentApart });
  if (absentMs < waits.absentApart) return again({ mostMs: waits.absentApart - absentMs });
  return { do: searched.resends < MOST_RESENDS ? 'send again' : 'give up' };
}

/** Why a task ends as CREATE_UNKNOWN, and what a person is to do. */
export function unknownWords(
  because: 'several' | 'near' | 'tested' | 'undecided' | 'unreadable' | 'moved',
  found: readonly string[],
): string {
  const ask =
    'Look at the provider, then retry the task: an approval of this content that is found then is taken over.';
  if (because === 'unreadable')
    return `It is not known whether the approval was opened: the call could not be read, so the provider cannot be searched for it. Retrying opens another one; revoke the first at the provider if it stands.`;
  if (because === 'moved')
    return `It is not known whether the approval was opened: the channel was moved to another app or address meanwhile, where it cannot be searched for. Set the channel back and retry the task; or look at the provider where it was, and submit a new task.`;
  if (because === 'several')
    return `It is not known which approval was opened: the provider has several of this very content (${found.join(', ')}). Revoke those that are too many, then retry the task.`;
  if (because === 'near')
    return `It is not known whether the approval was opened: the provider has ${found.join(', ')}, whose fields differ in their spelling only. Revoke it at the provider if it is this task's, then retry the task.`;
  if (because === 'tested')
    return `It is not known whether the approval was opened: the provider has ${found.join(', ')} of this very content, and a test run of the same values got no clear answer either. Revoke what is the test's, then retry the task: what is left is taken over.`;
  return found.length === 0
    ? `It is not known whether the approval was opened: the provider's listing gave no answer that could be relied on. ${ask}`
    : `It is not known whether the approval was opened: the provider has ${found.join(', ')} of this very content, which may be another task's. ${ask}`;
}
