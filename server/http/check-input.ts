import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { FieldError } from '../errors.ts';
import { unstorable } from './storable.ts';
import { wordsFor } from './words.ts';

/** Nobody reads more; and a body of 4 MiB may have half a million, which would be answered with ten times its size. */
const MOST_TOLD = 100;

/** @throws AppError INVALID_INPUT naming the fields of `faults` (the first hundred of them), if there are any */
function refuse(faults: readonly FieldError[]): void {
  const [first, ...others] = faults;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see errors)`;
  throw new AppError('INVALID_INPUT', `${first.path} ${first.message}${more}`, {
    errors: faults.slice(0, MOST_TOLD),
  });
}

/** One fault a key that nobody knows, under its own name; `whole` names the value itself. */
function faultsOf(error: z.ZodError, whole: string): FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not known here.' }));
    return [{ path: path.join('.') || whole, message: issue.message }];
  });
}

function parse(schema: z.ZodType, given: unknown, whole: string): unknown {
  const parsed = schema.safeParse(given, { error: wordsFor });
  if (!parsed.success) refuse(faultsOf(parsed.error, whole));
  return parsed.data;
}

/**
 * Checks a JSON body.
 * @throws AppError INVALID_INPUT naming each wrong field
 */
export function checkBody(schema: z.ZodType, given: unknown): unknown {
  refuse(unstorable(given, MOST_TOLD));
  return parse(schema, given, 'body');
}

/**
 * Checks a query or the parameters of a path. A name that the schema does not have is an error too: whoever misspells `limit`
 * should know.
 * @param schema undefined: nothing may be given
 * @throws AppError INVALID_INPUT naming each wrong one
 */
export function checkNames(
  schema: z.ZodType | undefined,
  given: Readonly<Record<string, unknown>>,
  whole: 'query' | 'path',
): unknown {
  refuse(unstorable(given, MOST_TOLD));
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : schema === undefined ? [] : null;
  if (known !== null)
    refuse(
      Object.keys(given)
        .filter((name) => !known.includes(name))
        .map((path) => ({ path, message: `is not known here${listed(known)}.` })),
    );
  refuse(
    Object.entries(given)
      .filter(([, value]) => Array.isArray(value))
      .map(([path]) => ({ path, message: 'must be given once only' })),
  );
  return schema === undefined ? undefined : parse(schema, given, whole);
}

const listed = (known: readonly string[]): string =>
  known.length === 0 ? '; nothing may be given' : `; known are ${known.join(', ')}`;
