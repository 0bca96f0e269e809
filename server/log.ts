import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/** Fields that are masked in the log, up to three levels deep. */
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
 * The program's log: JSON lines on stdout. Ids are given as fields (`requestId`, `taskId`, `executionId`), not in the message.
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
