const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** PostgreSQL's jsonb holds neither U+0000 nor half a surrogate pair: each becomes U+FFFD. */
export const storableText = (text: string): string => text.replace(UNSTORABLE, '\u{FFFD}');

/**
 * A copy of a JSON value that jsonb can hold, keys included. For what scripts and providers return; input of API callers is refused
 * instead.
 */
export function storable(value: unknown): unknown {
  // Most values contain nothing of the kind, and checking is cheaper than copying.
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) return null;
  if (!/\\u0000|\\ud[89a-f]/i.test(json)) return value;
  return JSON.parse(json, (_key, each: unknown) => cleaned(each)) as unknown;
}

function cleaned(each: unknown): unknown {
  if (typeof each === 'string') return storableText(each);
  if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
  return Object.fromEntries(Object.entries(each).map(([key, value]) => [storableText(key), value]));
}
