import type Koa from 'koa';

/** Largest request body: a form may hold 150 values of 64 KiB (protocols/dingtalk.md §2). */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

export type Fields = Readonly<Record<string, unknown>>;

/** A request body that cannot be used. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
  readonly status: 400 | 413;
  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body as text. Throws BadBody 413. */
export async function readText(ctx: Koa.Context): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BadBody(413, `the body is longer than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A JSON object; an empty text is an empty one. Throws BadBody 400. */
export function parseObject(text: string): Fields {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadBody(400, `the body is not JSON: ${(error as SyntaxError).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadBody(400, 'the body must be a JSON object');
  return value as Fields;
}

/** A form-encoded body as the old family takes it: nested values are JSON inside a field (protocols/dingtalk.md §0). */
export function parseForm(text: string): Fields {
  return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, nested(value)]));
}

function nested(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value; // text that only begins like JSON stays text
  }
}
