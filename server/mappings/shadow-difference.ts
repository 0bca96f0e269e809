import type { TracedCall } from '../contract/execution.ts';
import type { Recording } from '../contract/recording.ts';
import type { ProviderProtocol } from '../providers/protocol.ts';
import { MASKED } from '../sandbox/mask.ts';

/** What a create call asked for, in parts that can be told apart. */
export interface Request {
  readonly definitionId: string;
  readonly originator: string;
  readonly form: readonly { readonly name: string; readonly value: string }[];
  /** Members of the request's body beside those. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export interface Change {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * The answers that a finished run got, for another script to be tried with. Calls that got none, or whose answer was cut in the trace,
 * are not in it.
 */
export function recordingOf(http: readonly TracedCall[]): Recording {
  return http.flatMap(({ method, url, status, response }) =>
    response === null || response.truncated
      ? []
      : [{ method, url, status, headers: sendable(response.headers), body: sendableText(response.body) }],
  );
}

/** A script may hand on what it was answered, and bullets cannot stand in a header. */
const sendableText = (text: string): string => text.replaceAll(MASKED, 'masked');

const sendable = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, sendableText(value)]));

/**
 * Reads what a run prepared.
 * @param prepared as an execution keeps it: the create call's body, masked
 * @returns undefined when the run made no create call, or one that cannot be read
 */
export function requestOf(
  protocol: Pick<ProviderProtocol, 'readCreateCall'>,
  { prepared, http }: { readonly prepared?: unknown; readonly http: readonly TracedCall[] },
): Request | undefined {
  if (prepared === undefined || prepared === null) return undefined;
  const read = (body: unknown): Omit<Request, 'rest'> | undefined => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    for (const { url } of http) {
      const call = protocol.readCreateCall({ url, body: text });
      if (call !== null) return call;
    }
    return undefined;
  };
  const known = read(prepared);
  if (known === undefined) return undefined;
  const members = typeof prepared === 'object' ? Object.entries(prepared) : [];
  // Definition, originator and form are the members without which the call cannot be read: each provider names them its own way.
  const rest = members.filter(
    ([name]) => read(Object.fromEntries(members.filter(([other]) => other !== name))) !== undefined,
  );
  return { ...known, rest: Object.fromEntries(rest) };
}

/** What differs between two requests: field by field of the form, and beside it. */
export function differencesOf(before: Request, after: Request): { fields: Change[]; others: Change[] } {
  const facts = ({ definitionId, originator, rest }: Request): Map<string, string> =>
    new Map([
      ['definition', definitionId],
      ['originator', originator],
      ...Object.entries(rest).map(([name, value]) => [name, inOrder(value)] as const),
    ]);
  return {
    fields: changesOf(valuesOf(before), valuesOf(after)),
    others: changesOf(facts(before), facts(after)),
  };
}

/** A form's values by name; a name that stands there again is told apart by its number. */
function valuesOf({ form }: Request): Map<string, string> {
  const values = new Map<string, string>();
  for (const { name, value } of form) {
    let key = name;
    for (let count = 2; values.has(key); count += 1) key = `${name} (${count})`;
    values.set(key, value);
  }
  return values;
}

const changesOf = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }))
    .filter((change) => change.before !== change.after);

/** Text as it is, anything else as JSON with its members in order: the database does not keep theirs. */
const inOrder = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : JSON.stringify(value, (_key, each: unknown) =>
        typeof each === 'object' && each !== null && !Array.isArray(each)
          ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
          : each,
      );
