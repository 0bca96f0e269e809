import type { Fields } from '../http.ts';
import { TopapiRefusal } from '../refusals.ts';

/** The old family also takes form-encoded bodies, where numbers and booleans are text (protocols/dingtalk.md §0): these read both. */

const refuse = (name: string): TopapiRefusal => new TopapiRefusal(400002, `无效的参数: ${name}`);

/** Text, or a number written out. Absent or empty is null. */
export function optionalText(body: Fields, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw refuse(name);
  return value;
}

/** As optionalText, but 400002 when absent. */
export function text(body: Fields, name: string): string {
  const value = optionalText(body, name);
  if (value === null) throw refuse(name);
  return value;
}

/** A whole number, perhaps as text. Absent is null. */
export function optionalWhole(body: Fields, name: string): number | null {
  const value = optionalText(body, name);
  if (value === null) return null;
  if (!/^-?\d{1,16}$/.test(value)) throw refuse(name);
  return Number(value);
}

/** As optionalWhole, but 400002 when absent. */
export function whole(body: Fields, name: string): number {
  const value = optionalWhole(body, name);
  if (value === null) throw refuse(name);
  return value;
}

/** true or false, perhaps as text. Absent is null. */
export function optionalFlag(body: Fields, name: string): boolean | null {
  const value = body[name];
  if (value === undefined || value === null || value === '') return null;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw refuse(name);
}

/** A nested object. Absent is 400002. */
export function nested(body: Fields, name: string): Fields {
  const value = body[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(name);
  return value as Fields;
}

/** `"u1,u2"` as a list; absent is empty. */
export const commaList = (body: Fields, name: string): string[] =>
  (optionalText(body, name) ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
