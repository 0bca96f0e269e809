import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import type { Control } from './control.ts';
import { imported, PASSPHRASE_HEADER, refusal, rotated, ROWS_HEADER, tokenAnswer } from './messages.ts';
import { socketPathOf } from './socket.ts';

/** The running server refused, failed or could not be reached; the message is for people. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

interface Call {
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Readable;
}

/**
 * The control of the server that holds DATA_DIR, over its socket.
 * Each call throws ControlError when the server refuses, fails or does not answer.
 */
export function callControl(dataDir: string): Control {
  const socketPath = socketPathOf(dataDir);

  async function call({ path, headers = {}, body }: Call): Promise<IncomingMessage> {
    const sent = request({ socketPath, path, method: 'POST', headers, agent: false });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    // A server that refuses early closes while we still send: its answer says why, not the broken pipe.
    const sending = pipeline(body ?? Readable.from([]), sent).catch(() => undefined);
    const [response] = await answered.catch((error: unknown) => {
      throw unreachable(error);
    });
    await sending;
    if (response.statusCode === 200) return response;
    const told = refusal.safeParse(await readJson(response));
    throw new ControlError(told.data?.message ?? 'The running server failed: see its log.');
  }

  async function ask<T>(sent: Call, answer: z.ZodType<T>): Promise<T> {
    return answer.parse(await readJson(await call(sent)));
  }

  const json = (path: string, value: unknown): Call => ({
    path,
    headers: { 'content-type': 'application/json' },
    body: Readable.from([JSON.stringify(value)]),
  });

  return {
    createToken: (wanted) => ask(json('/tokens', wanted), tokenAnswer),
    rotateKey: async () => (await ask({ path: '/rotate-key' }, rotated)).resealed,
    async export(out, passphrase) {
      const response = await call(json('/export', { passphrase }));
      await pipeline(response, out);
      return Number(response.headers[ROWS_HEADER]);
    },
    import: (path, { passphrase, replace }) =>
      ask(
        {
          path: `/import?replace=${replace}`,
          headers: { [PASSPHRASE_HEADER]: Buffer.from(passphrase).toString('base64url') },
          body: createReadStream(path),
        },
        imported,
      ),
  };
}

const unreachable = (cause: unknown): ControlError =>
  new ControlError(
    'The server that holds DATA_DIR does not answer: is it just starting or stopping, or was it started by another user? Try again, or stop it first.',
    { cause },
  );

async function readJson(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw unreachable(error);
  }
}
