import type { RunCall } from '../../parts/run-result-run.ts';
import { recording } from '../../../server/contract/recording.ts';
import type { Recording } from '../../../server/contract/recording.ts';
import { prettyJson, readJson } from './json-text.ts';
import type { JsonMistake } from './json-text.ts';

/** What a trace shows in a secret's place, and what a recording has there: the word can be sent as a header, bullets cannot. */
const MASKED = /••••/g;
const UNMASKED = 'masked';

/** Of the wire as it was; the recording's body is plain text. */
const WIRE_HEADERS = ['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive'];

/** A recording made of a run's trace, and what of it is worth a warning. */
export interface TakenRecording {
  readonly text: string;
  readonly calls: number;
  /** Answers that the trace had cut: the script will not find JSON in them. */
  readonly cut: number;
  /** Calls that got no answer, and so are not in it. */
  readonly unanswered: number;
}

const plain = (text: string): string => text.replace(MASKED, UNMASKED);

/** JSON as JSON, easier to edit by hand, where that is the very same text when it is sent. */
function bodyOf({ body }: RunCall['request']): unknown {
  const text = plain(body);
  const read = readJson(text);
  return 'value' in read && typeof read.value !== 'string' && JSON.stringify(read.value) === text
    ? read.value
    : text;
}

/** Makes recorded answers of what a former run was answered. */
export function recordingFrom(http: readonly RunCall[]): TakenRecording {
  const answered = http.flatMap(({ method, url, status, response }) =>
    response === null ? [] : [{ method, url, status, response }],
  );
  const calls = answered.map(({ method, url, status, response }) => ({
    method,
    url: plain(url),
    status,
    headers: Object.fromEntries(
      Object.entries(response.headers)
        .filter(([name]) => !WIRE_HEADERS.includes(name))
        .map(([name, value]) => [name, plain(value)]),
    ),
    body: bodyOf(response),
  }));
  return {
    text: prettyJson(calls),
    calls: calls.length,
    cut: answered.filter(({ response }) => response.truncated).length,
    unanswered: http.length - answered.length,
  };
}

/** What is wrong with a recording that was edited by hand. */
export type RecordingTrouble =
  { readonly mistake: JsonMistake } | { readonly issues: readonly { path: string; message: string }[] };

/** Reads recorded answers; an empty text is a recording without any. */
export function readRecording(text: string): { readonly calls: Recording } | RecordingTrouble {
  if (text.trim() === '') return { calls: [] };
  const read = readJson(text);
  if ('mistake' in read) return read;
  const checked = recording.safeParse(read.value);
  if (checked.success) return { calls: checked.data };
  return {
    issues: checked.error.issues.map(({ path, message }) => ({
      path: path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join(''),
      message,
    })),
  };
}

/** The first call of a run on recorded answers that the recording had no answer to. */
export const unansweredCall = (http: readonly RunCall[]): RunCall | undefined =>
  http.find(({ response, error }) => response === null && error?.code === 'HTTP_ERROR');

/** A recording with one more answer, to be filled in by hand. The given text must be a recording. */
export function withAnswerTo(text: string, { method, url }: Pick<RunCall, 'method' | 'url'>): string {
  const read = readJson(text.trim() === '' ? '[]' : text);
  const calls: unknown[] = 'value' in read && Array.isArray(read.value) ? read.value : [];
  const answer = {
    method,
    url: plain(url),
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: {},
  };
  return prettyJson([...calls, answer]);
}
