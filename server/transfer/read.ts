import { timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../errors.ts';
import { ABOUT_CHECK, end, FORMAT, header, passkeyOf, tableStart, TransferError, VERSION } from './format.ts';
import type { Header, Passkey } from './format.ts';

/** Some rows of one table. */
export interface Batch {
  readonly table: string;
  readonly columns: readonly string[];
  /** Each the JSON text of one row. */
  readonly rows: readonly string[];
}

export interface ExportFile {
  readonly header: Header;
  readonly passkey: Passkey;
  /**
   * The rows in the file's order, a few megabytes at a time. Ends only when all were read and the file has proved whole.
   * @throws TransferError when it is damaged, truncated or was changed
   */
  batches(): AsyncGenerator<Batch>;
}

const BATCH_ROWS = 200;
const BATCH_BYTES = 4 * 1024 * 1024;
/** No row of ours is longer; a file that claims so would fill the memory. */
const LONGEST_LINE = 128 * 1024 * 1024;

const damaged = (cause?: unknown): TransferError =>
  new TransferError('The file is damaged or not complete: make the export again, or copy it again.', {
    cause,
  });

/**
 * Opens an export and proves the passphrase.
 * @throws TransferError when it is no export, of another version, or the passphrase is wrong
 */
export async function openExport(path: string, passphrase: string): Promise<ExportFile> {
  const head = await readHeader(path);
  const passkey = await passkeyOf(passphrase, head.salt);
  try {
    passkey.sealer.open(head.check, ABOUT_CHECK);
  } catch (error) {
    throw new TransferError('The passphrase is not the one that this export was made with.', {
      cause: error,
    });
  }
  return { header: head, passkey, batches: () => batchesOf(path, passkey) };
}

async function readHeader(path: string): Promise<Header> {
  for await (const line of linesOf(path)) {
    const given = json(line);
    const read = header.safeParse(given);
    if (read.success) return read.data;
    const claimed = given as { format?: unknown; version?: unknown };
    throw claimed.format === FORMAT && claimed.version !== VERSION
      ? new TransferError(
          `The file is of format ${String(claimed.version)}, this Countersign reads ${VERSION}: use the version that made it.`,
        )
      : notAnExport();
  }
  throw notAnExport();
}

const notAnExport = (cause?: unknown): TransferError =>
  new TransferError('The file is not an export of Countersign.', { cause });

async function* batchesOf(path: string, passkey: Passkey): AsyncGenerator<Batch> {
  const mac = passkey.mac();
  let table: { table: string; columns: string[] } | undefined;
  let rows: string[] = [];
  let bytes = 0;
  let count = 0;
  let isFirst = true;
  let isWhole = false;
  for await (const line of linesOf(path)) {
    if (isWhole) throw damaged();
    const text = line.toString('utf8');
    // Rows are not parsed here: PostgreSQL does. The three lines that are ours can be told by how they begin.
    const isStart = text.startsWith('{"table":');
    const isEnd = text.startsWith('{"end":');
    if ((isStart || isEnd) && table !== undefined && rows.length > 0) {
      yield { ...table, rows };
      [rows, bytes] = [[], 0];
    }
    if (isEnd) {
      const said = end.safeParse(json(line));
      if (!said.success || said.data.rows !== count) throw damaged();
      const [theirs, ours] = [Buffer.from(said.data.mac, 'base64url'), mac.digest()];
      if (theirs.length !== ours.length || !timingSafeEqual(theirs, ours)) throw damaged();
      isWhole = true;
      continue;
    }
    mac.update(line).update('\n');
    if (isFirst) isFirst = false;
    else if (isStart) {
      const read = tableStart.safeParse(json(line));
      if (!read.success) throw damaged(read.error);
      table = read.data;
    } else {
      if (table === undefined) throw damaged();
      rows.push(text);
      count += 1;
      bytes += line.length;
      if (rows.length >= BATCH_ROWS || bytes >= BATCH_BYTES) {
        yield { ...table, rows };
        [rows, bytes] = [[], 0];
      }
    }
  }
  if (!isWhole) throw damaged();
}

/** The unpacked lines, without their ends; a last one without an end is left out, for it is not whole. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  const unpacked = createGunzip();
  const packed = createReadStream(path);
  // The error comes out of `unpacked` too.
  pipeline(packed, unpacked, () => undefined);
  let begun: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
        begun.push(chunk.subarray(from, at));
        yield Buffer.concat(begun);
        [begun, length, from] = [[], 0, at + 1];
      }
      begun.push(chunk.subarray(from));
      length += chunk.length - from;
      if (length > LONGEST_LINE) throw damaged();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'Z_DATA_ERROR' && unpacked.bytesWritten < 100) throw notAnExport(error);
    if (code?.startsWith('Z_') === true) throw damaged(error);
    throw error;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

function json(line: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Told below: what is no JSON is no export.
  }
  throw notAnExport();
}
