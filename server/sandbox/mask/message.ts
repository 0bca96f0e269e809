import type { Mask } from './create-mask.ts';
import { SHORTEST } from './find.ts';
import { jsonFields, looksLikeJson } from './json-fields.ts';
import { secretKey } from './secret-key.ts';

type Headers = Readonly<Record<string, string>>;

// What one run may add to its secrets: enough for any honest script, too little to slow the masking down.
const MOST_SECRETS = 500;
const LONGEST_SECRET = 8_192;
const NESTED_JSON = 3;
const READ_CHARACTERS = 256 * 1024;

const FORM = /^[^\s=&{}<>]+=[^\s{}<>]*$/;

const isForm = (text: string, contentType: string | undefined): boolean =>
  /x-www-form-urlencoded/i.test(contentType ?? '') || FORM.test(text);

/** Undoes form encoding; what is not valid stays as it is. */
function unescapeForm(text: string): string {
  const [[, value] = ['', text]] = [...new URLSearchParams(`v=${text.replaceAll('&', '%26')}`)];
  return value;
}

function maskPairs(text: string, mask: Mask): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals === -1 || equals === pair.length - 1) return pair;
      const hide =
        secretKey(unescapeForm(pair.slice(0, equals))) || mask.isSecret(unescapeForm(pair.slice(equals + 1)));
      return hide ? `${pair.slice(0, equals)}=${mask.placeholder}` : pair;
    })
    .join('&');
}

function maskJson(text: string, mask: Mask): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const { value, secret, start, end } of jsonFields(text)) {
    if (value === '' || !(secret || mask.isSecret(value))) continue;
    pieces.push(text.slice(copied, start), `"${mask.placeholder}"`);
    copied = end;
  }
  return pieces.join('') + text.slice(copied);
}

/** A URL for showing: values of secret-looking parameters and all known secrets masked. The rest stays as it is. */
export function maskUrl(url: string, mask: Mask): string {
  const query = url.indexOf('?');
  return mask.text(query === -1 ? url : url.slice(0, query + 1) + maskPairs(url.slice(query + 1), mask));
}

/** Headers for showing: values of secret-looking names and all known secrets masked. */
export function maskHeaders(headers: Headers, mask: Mask): Record<string, string> {
  const masked = Object.entries(headers).map(([name, value]): [string, string] => {
    if (secretKey(name) || mask.isSecret(value)) return [name, mask.placeholder];
    return [mask.text(name), /^(location|referer)$/i.test(name) ? maskUrl(value, mask) : mask.text(value)];
  });
  return Object.fromEntries(masked);
}

/**
 * A body for showing: values under secret-looking keys of JSON or form text, and all known secrets, masked; everything else stays
 * byte for byte. `cutOff` says that the body was cut, so its end may be the start of a secret.
 */
export function maskBody(body: string, contentType: string | undefined, mask: Mask, cutOff = false): string {
  if (looksLikeJson(body)) return mask.text(maskJson(body, mask), cutOff);
  if (isForm(body, contentType)) return mask.text(maskPairs(body, mask), cutOff);
  return mask.isSecret(body) ? mask.placeholder : mask.text(body, cutOff);
}

function add(value: string, into: Set<string>): void {
  if (value.length < SHORTEST || value.length > LONGEST_SECRET || into.size >= MOST_SECRETS) return;
  into.add(value);
}

function collectFromHeader(name: string, value: string, into: Set<string>): void {
  const credentials = /^[A-Za-z-]+ +(\S+)$/.exec(value)?.[1];
  if (/^(set-)?cookie$/.test(name)) {
    for (const pair of value.split(/[;,]\s*/)) add(pair.slice(pair.indexOf('=') + 1), into);
  } else if (credentials === undefined) {
    add(value, into);
  } else {
    add(credentials, into);
    // RFC 7617 §2: user name and password, parted by a colon.
    if (/^basic /i.test(value))
      add(
        Buffer.from(credentials, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, ''),
        into,
      );
  }
}

function collectFromPairs(text: string, into: Set<string>): void {
  for (const [key, value] of new URLSearchParams(text)) if (secretKey(key)) add(value, into);
}

function collectFromJson(text: string, into: Set<string>, depth = NESTED_JSON): void {
  for (const { value, secret } of jsonFields(text)) {
    if (secret) add(value, into);
    else if (depth > 0 && /^\s*[{[]/.test(value)) collectFromJson(value, into, depth - 1);
  }
}

/**
 * Adds to `into` what one message holds under secret-looking names: query parameters, headers (without scheme), JSON and form
 * fields. Values shorter than 8 characters are left out: they are words like "ok" too often. Give bodies whole, before a trace
 * cuts them; their first 256 Ki characters are read. Header names in lower case.
 */
export function collectFromMessage(url: string, headers: Headers, whole: string, into: Set<string>): void {
  const body = whole.slice(0, READ_CHARACTERS);
  collectFromPairs(URL.parse(url)?.search ?? '', into);
  for (const [name, value] of Object.entries(headers))
    if (secretKey(name)) collectFromHeader(name, value, into);
  if (looksLikeJson(body)) collectFromJson(body, into);
  else if (isForm(body, headers['content-type'])) collectFromPairs(body, into);
}
