/** Where in the author's text something happened (1-based), or nulls when no line of it is at fault. */
export interface Place {
  readonly line: number | null;
  readonly column: number | null;
}

export interface ReadStack extends Place {
  /** Frames of the author's text and of the provider's client, nothing else: no file of the host, none of the prelude. */
  readonly stack: string;
}

/** The name that frames of the author's text carry (prelude/bridge.js gives it). */
const SCRIPT_FILE = 'script.js';

const MOST_FRAMES = 20;
/** Lines that the wrapper puts before the first one of a script or a client (SOURCE_LINE_OFFSET in prelude/bridge.js). */
const WRAPPER_LINES = 3;

// `at name (file:line:column)`, `at async name (file:line:column)`, `at file:line:column`
const FRAME = /^\s*at (?:(.*?) \()?([^()\s]+?):(\d+):(\d+)\)?$/;
// V8 knows a client as <provider>/client.js (prelude/bridge.js).
const CLIENT_FILE = /^([a-z]+\/)client\.js$/;
// What stands before each file that a client's text is joined of, with a blank line behind it (providers/provider.ts).
const PART = /^\/\/ ---- (\S+\.js) ----$/;

/**
 * Turns V8's stack text into the author's: positions of what was typed, foreign frames left out.
 * @param raw `error.stack` as V8 wrote it, or isolated-vm's picture of a stack that ran out of time
 * @param headline the first line of the result, `Name: message`
 * @param toAuthor maps a position of the converted text to the author's
 * @param client the text of the provider's client; its frames show as the files it is joined of
 */
export function readStack(
  raw: string,
  headline: string,
  toAuthor: (line: number, column: number) => { line: number; column: number },
  client = '',
): ReadStack {
  const frames: string[] = [];
  let first: Place = { line: null, column: null };
  for (const text of raw.split('\n')) {
    const frame = FRAME.exec(text);
    if (frame === null) continue;
    const [, name, file = '', line, column] = frame;
    const isScript = file === SCRIPT_FILE;
    const [, folder] = CLIENT_FILE.exec(file) ?? [];
    if (!isScript && folder === undefined) continue;
    // Client and script are both bodies of a made function; the wrapper's lines are nobody's.
    const own = { line: Math.max(1, Number(line) - WRAPPER_LINES), column: Number(column) };
    const place = isScript ? toAuthor(own.line, own.column) : own;
    if (isScript && first.line === null) first = place;
    if (frames.length === MOST_FRAMES) continue;
    const part = folder === undefined ? undefined : partAt(client, place.line);
    const where = `${part ? `${folder}${part.file}:${part.line}` : `${file}:${place.line}`}:${place.column}`;
    // The function that the wrapper makes of the whole text has a made-up name.
    const known = name !== undefined && !/^(async )?(eval|anonymous)$/.test(name);
    frames.push(known ? `    at ${name} (${where})` : `    at ${where}`);
  }
  return { ...first, stack: [headline, ...frames].join('\n') };
}

/** The file, and the line of it, that a line (1-based) of a client's joined text comes from; undefined when it is not of one. */
function partAt(client: string, line: number): { file: string; line: number } | undefined {
  const lines = client.split('\n', line);
  const header = lines.length < line ? -1 : lines.findLastIndex((text) => PART.test(text));
  const [, file] = PART.exec(lines[header] ?? '') ?? [];
  return file === undefined ? undefined : { file, line: line - header - 2 };
}
