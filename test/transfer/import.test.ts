import { createWriteStream, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createSealer } from '../../server/secrets/seal.ts';
import { exportHub } from '../../server/transfer/export.ts';
import { TransferError } from '../../server/transfer/format.ts';
import { importHub } from '../../server/transfer/import.ts';
import { fillHub } from '../db/rows.ts';
import { useFolder } from '../db/support.ts';
import { DATABASES, useDatabase } from '../support/databases.ts';

// Each try derives a key, which is slow on purpose.
vi.setConfig({ testTimeout: 120_000 });

const newFolder = useFolder();
const sealer = createSealer('k'.repeat(32));
const PASSPHRASE = 'correct horse battery';

describe.each(DATABASES)('an export that cannot be used, on %s', (kind) => {
  const [source, target] = [useDatabase(kind), useDatabase(kind)];

  it('changes nothing: wrong passphrase, truncated, changed, no export, of a newer program', async () => {
    await fillHub(source().knex, sealer);
    const folder = newFolder();
    const file = join(folder, 'whole');
    await exportHub(source().knex, sealer, PASSPHRASE, createWriteStream(file));
    const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
    const write = (name: string, content: readonly string[]): string => {
      const path = join(folder, name);
      writeFileSync(path, gzipSync(`${content.join('\n')}\n`));
      return path;
    };
    const truncated = join(folder, 'truncated');
    writeFileSync(truncated, readFileSync(file));
    truncateSync(truncated, statSync(file).size - 2_000);
    writeFileSync(join(folder, 'text'), 'hello');
    const [head = '', ...rest] = lines;
    const promoted = lines.map((line) => line.replace('"submitter"', '"admin"'));

    const refusals: [path: string, said: RegExp, passphrase?: string][] = [
      [file, /^The passphrase is not the one/, 'another passphrase'],
      [truncated, /damaged or not complete/],
      [write('no-end', lines.slice(0, -1)), /damaged or not complete/],
      [write('less', lines.toSpliced(4, 1)), /damaged or not complete/],
      [write('promoted', promoted), /damaged or not complete/],
      [write('more', [...lines, '{}']), /damaged or not complete/],
      [write('newer', [head.replace('0001-hub', '9999-later'), ...rest]), /newer Countersign \(9999-later\)/],
      [write('format', [head.replace('"version":1', '"version":2'), ...rest]), /format 2/],
      [write('other', ['{"a":1}']), /not an export of Countersign/],
      [write('nothing', []), /not an export of Countersign/],
      [join(folder, 'text'), /not an export of Countersign/],
    ];
    for (const [path, said, passphrase = PASSPHRASE] of refusals) {
      const refused = importHub(target().knex, sealer, path, { passphrase, replace: true });
      await expect(refused, path).rejects.toThrow(TransferError);
      await expect(refused, path).rejects.toThrow(said);
    }
    for (const table of ['users', 'channels', 'tasks', 'audit'] as const)
      expect(await target().knex(table), table).toEqual([]);
  });
});
