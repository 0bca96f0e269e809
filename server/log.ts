import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/** Fields that never stand in a log, wherever they appear to three levels of nesting. */
const SECRET_FIELDS = [
  'appSecret',
  'accessToken',
  'aesKey',
  'encryptKey',
  'verificationToken',
  'token',
  'password',
  'authorization',
  'cookie',
  'secret',
  'secretKey',
];

/**
 * The program's log: one JSON line a fact, to stdout. Give ids as fields (`requestId`, `taskId`, `executionId`), not in the text.
 * @param level as LOG_LEVEL
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '••••',
    },
  });
}
