import type { IncomingMessage } from 'node:http';

/** Why a body could not be had, as the HTTP status that says so. */
export type Unread = 400 | 408 | 413;

/**
 * Reads a request's body as the bytes that came: a signature is over those.
 * @param most bytes; a longer body is left unread
 * @param withinMs for the whole body, so that a slow sender does not hold a place for ever
 * @returns the bytes; or 413 (too long), 408 (too slow), 400 (the sender broke off)
 */
export function readBody(request: IncomingMessage, most: number, withinMs: number): Promise<Buffer | Unread> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve(413);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: Buffer | Unread): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('close', breakOff).off('error', breakOff);
      request.pause();
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > most) end(413);
      else chunks.push(chunk);
    };
    const finish = (): void => end(Buffer.concat(chunks));
    const breakOff = (): void => end(400);
    const timer = setTimeout(() => end(408), withinMs);
    request.on('data', take).on('end', finish).on('close', breakOff).on('error', breakOff);
  });
}
