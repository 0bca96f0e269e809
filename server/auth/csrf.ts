import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { Credentials } from '../http/api.ts';
import { refuseForeign } from './foreign.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What a page must send with every change under a session: the session's cookie alone proves only whose browser it is. Made of the
 * session's secret alone, which no page can read and no database holds: every process makes the same, whatever its SECRET_KEY.
 */
export const csrfTokenOf = (sessionSecret: string): string =>
  createHmac('sha256', sessionSecret).update('csrf token').digest('base64url');

/**
 * @throws AppError CSRF_REFUSED unless a change under a session carries its x-csrf-token and comes from a page of ours
 */
export function requireCsrfToken(
  { method, headers }: Credentials,
  given: { sessionSecret: string; publicUrl: string },
): void {
  if (SAFE.has(method.toUpperCase())) return;
  refuseForeign(headers, given.publicUrl);
  const expected = Buffer.from(csrfTokenOf(given.sessionSecret));
  const sent = Buffer.from(headers['x-csrf-token'] ?? '');
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected))
    throw new AppError(
      'CSRF_REFUSED',
      'Send the csrfToken of GET /api/v1/session as the header x-csrf-token.',
    );
}
