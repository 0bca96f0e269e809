import type { z } from 'zod';
import { STAGE_RESULTS } from '../contract/stage.ts';
import type { Stage, StageResult } from '../contract/stage.ts';

/** What each stage must return, in the words of docs/writing-scripts.md. */
const EXPECTED: Readonly<Record<Stage, string>> = {
  token: '{accessToken, expiresIn}',
  create: '{approvalInstanceId}',
  revoke: '{revoked: true}',
  callback: '{approvalInstanceId, status}, or null for an event that changes nothing',
  sync: '{status, title?, form?, records?, approvers?}',
};

/** Says at which path the answer is not what the stage must return: `approvers[0].userId`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** What a value is, for a sentence: `the number 5`, `a list`. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return `the ${typeof value === 'string' ? 'text' : typeof value} ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  array: 'a list',
  object: 'an object',
};

/** What is expected there, in words for authors. */
function wanted(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return WORDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'text that is not empty' : `more than ${String(issue.minimum)}`;
    case 'too_big':
      return `at most ${String(issue.maximum)} characters`;
    default:
      return 'something else';
  }
}

/** `approvers[0].userId must be text, not the number 5` */
function told(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'something is wrong';
  const path = pathOf(issue.path);
  return `${path === '' ? 'the answer' : path} ${issue.message}`;
}

/** Deeper than any real answer: code that reads it later, such as JSON.stringify, may recurse. */
const DEEPEST = 100;

/** How deep a JSON text nests. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (bracket === '[' || bracket === '{') deepest = Math.max(deepest, (depth += 1));
    else if (bracket === ']' || bracket === '}') depth -= 1;
  }
  return deepest;
}

/** More entries than any approval has. Checking a wrong one costs microseconds, and a result may hold a million. */
const MOST_ENTRIES = 10_000;

/** The key of a list that is too long to check, or undefined. */
function overlongList(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  return ['form', 'records', 'approvers'].find((key) => {
    const list: unknown = Object.hasOwn(given, key) ? given[key as keyof typeof given] : undefined;
    return Array.isArray(list) && list.length > MOST_ENTRIES;
  });
}

/**
 * Checks a stage's answer (docs/writing-scripts.md).
 * @param json the answer as JSON text; undefined when the script returned undefined and there was no default for its stage
 * @returns the answer, or what is wrong with it, for SCRIPT_RESULT
 */
export function checkResult(
  stage: Stage,
  json: string | undefined,
): { value: StageResult } | { wrong: string } {
  const must = `The ${stage} stage must return ${EXPECTED[stage]}`;
  if (json === undefined) return { wrong: `${must}; the script returned nothing.` };
  if (depthOf(json) > DEEPEST)
    return { wrong: `${must}; the answer nests more than ${DEEPEST} levels deep.` };
  const given: unknown = JSON.parse(json);
  const overlong = overlongList(given);
  if (overlong !== undefined) return { wrong: `${must}; ${overlong} has more than ${MOST_ENTRIES} entries.` };
  const checked = STAGE_RESULTS[stage].safeParse(given, {
    error: (issue) => `must be ${wanted(issue)}, but is ${describe(issue.input)}`,
  });
  if (checked.success) return { value: checked.data };
  const [issue] = checked.error.issues;
  return { wrong: `${must}; ${told(issue)}.` };
}
