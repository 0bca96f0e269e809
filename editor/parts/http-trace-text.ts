import type { RunCall } from './run-result-run.ts';

/** What a trace shows in a secret's place. */
const MASKED = '••••';

/** Of this connection, or made by curl itself. */
const OWN_HEADERS = ['content-length', 'host', 'connection', 'accept-encoding', 'transfer-encoding'];

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The words that curlText needs of the reader's language. */
export interface CurlWords {
  readonly masked: string;
  readonly cut: string;
}

/**
 * The call as a curl command, to be repeated from a shell. What was masked stays masked, and what the trace cut is cut: the command says so
 * in comments of its first lines.
 */
export function curlText({ method, url, sentTo, request }: RunCall, words: CurlWords): string {
  const headers = Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.includes(name));
  const command = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(sentTo ?? url)}`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.body === '' ? [] : [`--data-raw ${quoted(request.body)}`]),
  ].join(' \\\n  ');
  return [
    ...(command.includes(MASKED) ? [`# ${words.masked}`] : []),
    ...(request.truncated ? [`# ${words.cut}`] : []),
    command,
  ].join('\n');
}

/** Where a call went, in two parts: the host, and the rest, which tells calls of one provider apart. */
export function placeOf(url: string): { readonly host: string; readonly path: string } {
  const parsed = URL.parse(url);
  if (parsed === null) return { host: '', path: url };
  // As it stands in the trace: masks would come out of a URL percent-encoded.
  const path = url.slice(url.indexOf(parsed.host) + parsed.host.length);
  return { host: parsed.host, path: path === '' ? '/' : path };
}

/** The narrowest bar, in percent: a call that took no time is still seen. */
const NARROWEST = 2;

/** How long each call took beside the longest, as widths in percent. */
export function barWidths(durations: readonly number[]): number[] {
  const longest = Math.max(...durations, 1);
  return durations.map((ms) => Math.max(NARROWEST, Math.round((ms / longest) * 100)));
}

const JSON_TOKEN = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A body as people read it: JSON spread over lines, its numbers as they came (ids are often longer than JavaScript counts); anything else,
 * and JSON that the trace cut, as it is.
 */
export function prettyBody(body: string): string {
  if (!isJson(body)) return body;
  const tokens = Array.from(body.matchAll(JSON_TOKEN), ([token]) => token);
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(depth)}`;
  return tokens
    .map((token, index) => {
      const isEmpty = /^[{[]$/.test(tokens[index - 1] ?? '');
      if (/^[}\]]$/.test(token)) {
        depth--;
        return isEmpty ? token : line() + token;
      }
      if (/^[{[]$/.test(token)) {
        depth++;
        return /^[}\]]$/.test(tokens[index + 1] ?? '') ? token : token + line();
      }
      return token === ',' ? token + line() : token === ':' ? ': ' : token;
    })
    .join('');
}
