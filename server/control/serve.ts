import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { TransferError } from '../transfer/format.ts';
import type { Control } from './control.ts';
import { exportRequest, PASSPHRASE_HEADER, ROWS_HEADER, tokenRequest } from './messages.ts';
import { makeSocketPath, removeSocket } from './socket.ts';

const LARGEST_JSON = 64 * 1024;
const SPOOLED = /^transfer-[0-9a-f-]+\.tmp$/;

/**
 * Lets commands of the same user reach a running server: HTTP on a Unix socket that only its owner may open (docs/command-line.md).
 * Files that come or go are put into DATA_DIR first, so that a slow peer never holds the database.
 * @param deps.dataDir held by this process
 */
export async function serveControl(deps: {
  dataDir: string;
  control: Control;
  log: Log;
}): Promise<{ close(): Promise<void> }> {
  const { dataDir, log } = deps;
  // What a killed process left.
  for (const name of readdirSync(dataDir)) if (SPOOLED.test(name)) rmSync(join(dataDir, name));
  const path = makeSocketPath(dataDir);
  const server = createServer((request, response) => {
    answer(request, response, deps).catch((error: unknown) => refuse(response, error, log));
  });
  // listen() binds before it returns: the socket is never open to others.
  const before = process.umask(0o177);
  server.listen(path);
  process.umask(before);
  await once(server, 'listening');
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      removeSocket(dataDir);
    },
  };
}

type Deps = Parameters<typeof serveControl>[0];

async function answer(request: IncomingMessage, response: ServerResponse, deps: Deps): Promise<void> {
  const { control, dataDir } = deps;
  const url = new URL(request.url ?? '/', 'http://socket');
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'POST /tokens':
      send(response, await control.createToken(tokenRequest.parse(await readJson(request))));
      return;
    case 'POST /rotate-key':
      send(response, { resealed: await control.rotateKey() });
      return;
    case 'POST /export': {
      const { passphrase } = exportRequest.parse(await readJson(request));
      return withSpool(dataDir, async (file) => {
        const rows = await control.export(createWriteStream(file, { mode: 0o600 }), passphrase);
        response.writeHead(200, { [ROWS_HEADER]: rows });
        await pipeline(createReadStream(file), response);
      });
    }
    case 'POST /import': {
      const passphrase = Buffer.from(String(request.headers[PASSPHRASE_HEADER]), 'base64url').toString(
        'utf8',
      );
      const replace = url.searchParams.get('replace') === 'true';
      return withSpool(dataDir, async (file) => {
        await pipeline(request, createWriteStream(file, { mode: 0o600 }));
        send(response, await control.import(file, { passphrase, replace }));
      });
    }
    default:
      throw new AppError('NOT_FOUND', 'The running server does not know this command: update it.');
  }
}

async function withSpool(dataDir: string, use: (file: string) => Promise<void>): Promise<void> {
  const file = join(dataDir, `transfer-${randomUUID()}.tmp`);
  try {
    await use(file);
  } finally {
    rmSync(file, { force: true });
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_JSON) throw new AppError('TOO_LARGE', 'The command is too long.');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, error: unknown, log: Log): void {
  // Half an answer is cut off, so that nobody takes it for a whole one.
  if (response.headersSent) return void response.destroy();
  const known = error instanceof AppError || error instanceof TransferError;
  if (!known) log.error({ err: error }, 'a command failed');
  const message = known ? error.message : 'The running server failed: see its log.';
  send(response, { message, known }, known ? 400 : 500);
}
