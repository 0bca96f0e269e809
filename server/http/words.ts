import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  object: 'must be an object',
  record: 'must be an object',
  array: 'must be a list',
  null: 'must be null',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'must be an id, such as 0199f3c2-7c1e-7000-8000-1f2e3d4c5b6a',
  datetime: 'must be a time, such as 2026-01-31T08:00:00Z',
  url: 'must be a URL, such as https://example.com/path',
};

const UNITS: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' items',
  object: ' entries',
};

/** What is wrong with a value in people's words, where its schema has none of its own; read behind the field's name. */
export function wordsFor(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'must be given';
      return KINDS[issue.expected] ?? `must be ${issue.expected}`;
    case 'too_small':
      return issue.origin === 'string' && Number(issue.minimum) === 1
        ? 'must not be empty'
        : `must be ${bound('at least', issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must be ${bound('at most', issue.maximum, issue.origin)}`;
    case 'invalid_value':
      return issue.input === undefined
        ? 'must be given'
        : `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? `must be written as ${issue.format}`;
    case 'unrecognized_keys':
      return 'is not known here';
    case 'invalid_union':
      return issue.input === undefined ? 'must be given' : 'is none of what may stand here';
    default:
      return undefined;
  }
}

function bound(word: string, limit: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  return unit === undefined ? `${word} ${limit}` : `${word} ${limit}${unit} long`;
}
