import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';

import { exceeded, httpError } from './refusal.ts';

/** What we can undo, as the accept-encoding header says it. */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';

type Undo = (body: Buffer, maxOutputLength: number) => Promise<Buffer>;

const undoGzip = promisify(gunzip);
const undoZlib = promisify(inflate);
const undoDeflate = promisify(inflateRaw);
const undoBrotli = promisify(brotliDecompress);
const undoZstd = promisify(zstdDecompress);

// RFC 8878 §3.1.1.1.2 advises decoders to refuse windows above 8 MiB; the library's own limit of 128 MiB is a memory bomb.
const ZSTD_WINDOW = { [constants.ZSTD_d_windowLogMax]: 23 };

const CODINGS: Readonly<Record<string, Undo>> = {
  gzip: (body, maxOutputLength) => undoGzip(body, { maxOutputLength }),
  'x-gzip': (body, maxOutputLength) => undoGzip(body, { maxOutputLength }),
  // RFC 9110 §8.4.1.2 means zlib by "deflate"; some servers send raw deflate. The low four bits of a zlib stream are always 8.
  deflate: (body, maxOutputLength) =>
    ((body[0] ?? 0) & 0x0f) === 8
      ? undoZlib(body, { maxOutputLength })
      : undoDeflate(body, { maxOutputLength }),
  br: (body, maxOutputLength) => undoBrotli(body, { maxOutputLength }),
  zstd: (body, maxOutputLength) => undoZstd(body, { maxOutputLength, params: ZSTD_WINDOW }),
};

/** The one coding a reply's content-encoding names, null for none. Throws a Refusal (HTTP_ERROR) for what we did not ask for. */
export function codingOf(contentEncoding: string | undefined): string | null {
  const coding = (contentEncoding ?? '').trim().toLowerCase();
  if (coding === '' || coding === 'identity') return null;
  if (!Object.hasOwn(CODINGS, coding))
    throw httpError(
      `The reply is encoded as "${coding.slice(0, 50)}", which is not one of ${ACCEPT_ENCODING}.`,
    );
  return coding;
}

/** How a reply over the limit is told. */
export const tooLarge = (limit: number): Error =>
  exceeded('httpIn', `The reply is larger than ${limit} bytes: ask for less at once.`);

/**
 * Undoes a content coding. Stops as soon as the output passes `limit` bytes, so a bomb costs no more memory than an honest reply.
 * Throws a Refusal: LIMIT_EXCEEDED (`httpIn`), or HTTP_ERROR when the bytes are not of that coding or end too early.
 */
export async function decodeBody(body: Buffer, coding: string | null, limit: number): Promise<Buffer> {
  const undo = coding === null ? undefined : CODINGS[coding];
  if (undo === undefined || body.length === 0) return body;
  try {
    return await undo(body, limit);
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(limit);
    throw httpError(`The reply says it is ${String(coding)} and is not, or it was cut short.`, error);
  }
}

/**
 * A reply's bytes as text: in the charset its content-type names when that is a known one, else UTF-8. Never fails: what cannot
 * be decoded becomes U+FFFD, as fetch's text() does it.
 */
export function textOf(body: Buffer, contentType: string | undefined): string {
  const charset = /;\s*charset\s*=\s*"?([^\s";,]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  return decoderFor(charset).decode(body);
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('utf-8');
    throw error;
  }
}
