import bodyParser from 'koa-bodyparser';
import type { Context } from 'koa';
import { AppError } from '../errors.ts';
import { findJsonFault } from './json-fault.ts';

/** Contract: "bodies up to 4 MiB, 413 beyond". */
const JSON_LIMIT = '4mb';
/** Of a stranger: reading a few megabytes of nested JSON takes a second of everybody's time. */
const STRANGERS_JSON_LIMIT = '16kb';
const FORM_LIMIT = '16kb';

const parseJson = bodyParser({ enableTypes: ['json'], jsonLimit: JSON_LIMIT, strict: false });
const parseStrangersJson = bodyParser({
  enableTypes: ['json'],
  jsonLimit: STRANGERS_JSON_LIMIT,
  strict: false,
});
const parseForm = bodyParser({ enableTypes: ['form'], formLimit: FORM_LIMIT });

const nothing = (): Promise<void> => Promise.resolve();

const hasBody = (ctx: Context): boolean =>
  ctx.get('transfer-encoding') !== '' || Number(ctx.get('content-length') || 0) > 0;

/**
 * Reads a JSON body.
 * @param isStranger nobody knows who sends it: then it may be of 16 KiB only
 * @returns undefined when none was sent
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, TOO_LARGE, or BAD_REQUEST with the place where it stops being JSON
 */
export async function readJson(ctx: Context, isStranger = false): Promise<unknown> {
  if (!hasBody(ctx)) return undefined;
  refuseEncoded(ctx);
  const charset = ctx.request.charset.toLowerCase();
  if (ctx.is('application/json') !== 'application/json' || !['', 'utf-8', 'utf8'].includes(charset))
    throw new AppError(
      'UNSUPPORTED_MEDIA_TYPE',
      'The body must be JSON in UTF-8: send it with the header Content-Type: application/json.',
    );
  try {
    await (isStranger ? parseStrangersJson : parseJson)(ctx, nothing);
  } catch (error) {
    throw refusalOf(error, isStranger ? '16 KiB' : '4 MiB');
  }
  return ctx.request.rawBody === '' ? undefined : ctx.request.body;
}

/**
 * Reads the fields of an HTML form; a field given twice counts once.
 * @throws AppError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE or BAD_REQUEST
 */
export async function readForm(ctx: Context): Promise<Readonly<Record<string, string>>> {
  refuseEncoded(ctx);
  try {
    await parseForm(ctx, nothing);
  } catch (error) {
    throw refusalOf(error, '16 KiB');
  }
  return Object.fromEntries(
    Object.entries(ctx.request.body ?? {}).flatMap(([name, value]: [string, unknown]) => {
      const one: unknown = Array.isArray(value) ? value[0] : value;
      return typeof one === 'string' ? [[name, one]] : [];
    }),
  );
}

/** raw-body lets go of an unpacking stream at its limit, and what that stream throws later would end the process. */
function refuseEncoded(ctx: Context): void {
  if (!['', 'identity'].includes(ctx.get('content-encoding')))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The body must come as it is, without Content-Encoding.');
}

/** The parsers' errors carry a status and a type, and for broken JSON the text (co-body, raw-body). */
function refusalOf(error: unknown, limit: string): unknown {
  const { status, type, body } = error as { status?: number; type?: string; body?: unknown };
  if (status === 413) return new AppError('TOO_LARGE', `The body must not be larger than ${limit}.`);
  if (error instanceof SyntaxError && typeof body === 'string') {
    const fault = findJsonFault(body);
    return new AppError(
      'BAD_REQUEST',
      fault === null
        ? 'The body must not have a key named __proto__.'
        : `The body is not valid JSON: ${fault.expected} was expected at line ${fault.line}, column ${fault.column}.`,
    );
  }
  if (type === 'request.aborted' || type === 'request.size.invalid' || status === 400)
    return new AppError('BAD_REQUEST', 'The body did not arrive whole.', { cause: error });
  return error;
}
