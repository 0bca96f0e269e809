import { ControlProblem } from '../refusals.ts';

/** Turns what was sent into a checked value, or throws a 400 that names the field (`nodes[0].userIds`). */
export type Read<T> = (value: unknown, path: string) => T;

const problem = (path: string, words: string): ControlProblem =>
  new ControlProblem(400, 'INVALID_INPUT', `${path} ${words}`);

/** Text of `min` to `max` characters, in the form a pattern asks for (`shape` says it in words). */
export const text =
  (min: number, max: number, pattern?: RegExp, shape = ''): Read<string> =>
  (value, path) => {
    if (typeof value !== 'string') throw problem(path, 'must be text');
    if (value.length < min || value.length > max)
      throw problem(path, `must have ${min} to ${max} characters`);
    if (pattern && !pattern.test(value)) throw problem(path, `must be ${shape}`);
    return value;
  };

export const flag: Read<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw problem(path, 'must be true or false');
  return value;
};

export const fraction: Read<number> = (value, path) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1))
    throw problem(path, 'must be a number from 0 to 1');
  return value;
};

export const whole =
  (min: number, max: number): Read<number> =>
  (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      throw problem(path, `must be a whole number from ${min} to ${max}`);
    return value;
  };

export const oneOf =
  <const T extends string>(words: readonly T[]): Read<T> =>
  (value, path) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw problem(path, `must be one of ${words.join(', ')}`);
    return found;
  };

export const list =
  <T>(item: Read<T>, min: number, max: number): Read<T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw problem(path, 'must be a list');
    if (value.length < min || value.length > max) throw problem(path, `must have ${min} to ${max} entries`);
    return value.map((entry: unknown, index) => item(entry, `${path}[${index}]`));
  };

type Fields = Readonly<Record<string, Read<unknown>>>;
type Values<F extends Fields> = { [K in keyof F]: ReturnType<F[K]> };

/** An object with these fields, some of which may be left out, and no others. */
export const object =
  <R extends Fields, O extends Fields>(required: R, optional: O): Read<Values<R> & Partial<Values<O>>> =>
  (value, path) => {
    const prefix = path === '' ? '' : `${path}.`;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw problem(path === '' ? 'the body' : path, 'must be a JSON object');
    const given = value as Readonly<Record<string, unknown>>;
    const known = { ...required, ...optional };
    const unknown = Object.keys(given).find((key) => !Object.hasOwn(known, key));
    if (unknown !== undefined)
      throw problem(`${prefix}${unknown}`, `is not known here; known: ${Object.keys(known).join(', ')}`);
    const missing = Object.keys(required).find((key) => given[key] === undefined);
    if (missing !== undefined) throw problem(`${prefix}${missing}`, 'is missing');
    const values = Object.entries(known)
      .filter(([key]) => given[key] !== undefined)
      .map(([key, read]) => [key, read(given[key], `${prefix}${key}`)]);
    return Object.fromEntries(values) as Values<R> & Partial<Values<O>>;
  };
