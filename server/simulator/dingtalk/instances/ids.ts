import { randomBytes, randomInt } from 'node:crypto';

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The clock on the wall in China for an epoch time, as `yyyy-MM-ddTHH:mm:ss`. */
const chinaTime = (at: number): string => new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 19);

/** 22 base64url characters, 4 digits, 10 digits of epoch seconds: the shape of current ids (protocols/dingtalk.md §2). */
export function newInstanceId(at: number): string {
  const digits = String(randomInt(10_000)).padStart(4, '0');
  return `${randomBytes(16).toString('base64url')}${digits}${String(Math.floor(at / 1000)).padStart(10, '0')}`;
}

/** Whether a text could be an instance id of today or (UUID) of earlier years. */
export const looksLikeInstanceId = (text: string): boolean => /^[A-Za-z0-9_-]{16,64}$/.test(text);

/** yyyyMMddHHmm in China and 9 digits: the number people see (§4). */
export function newBusinessId(at: number): string {
  return chinaTime(at).slice(0, 16).replace(/\D/g, '') + String(randomInt(1_000_000_000)).padStart(9, '0');
}

/** New family: minute precision and UTC+8 under a false `Z` (§4 "Time format trap"). */
export const minuteTime = (at: number): string => `${chinaTime(at).slice(0, 16)}Z`;

/** Old family: `yyyy-MM-dd HH:mm:ss`, UTC+8. */
export const secondTime = (at: number): string => chinaTime(at).replace('T', ' ');
