const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const KEY_CHARACTERS = /^[A-Za-z0-9_\-+/=.~]+$/;

/** Shorter texts are words and ids too often. */
const SHORTEST_RANDOM = 20;

/**
 * Whether a text looks like a generated key: long, of key characters only, with digits strewn among its letters. UUIDs are ids of
 * things (approval definitions, for one), numbers are ids and times.
 */
export function looksRandom(text: string): boolean {
  if (text.length < SHORTEST_RANDOM || !KEY_CHARACTERS.test(text) || UUID.test(text)) return false;
  if (isAddress(text) || isPlaceholder(text)) return false;
  const borders = text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  return borders >= 4 && new Set(text).size >= 10;
}

/** What stands for a secret in an example: `In4cWXZedWRxxxxxxxxx`, `ding…`, `<secret>`. */
export const isPlaceholder = (text: string): boolean => /(.)\1{4}|…|\.\.\.|[<>*•]|\byour\b/i.test(text);

/** A URL or a path without anything secret in it: `https://api.example/token`, `/v1.0/oauth2/accessToken`. */
export const isAddress = (text: string): boolean =>
  /^(?:https?:\/\/|\.{0,2}\/)[^?@]*$/i.test(text) && text.includes('/');
