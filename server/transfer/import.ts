import { recordAudit } from '../audit/record.ts';
import type { Db, Trx } from '../db/database.ts';
import { aboutChannel } from '../secrets/sealed-store.ts';
import type { Sealer } from '../secrets/seal.ts';
import { migrationsOf } from './export-store.ts';
import { TransferError } from './format.ts';
import {
  countRows,
  deferChecks,
  deleteAll,
  freeWaitingEvents,
  insertRows,
  pauseChannels,
  setDemoChannel,
} from './import-store.ts';
import { openExport } from './read.ts';
import type { Batch, ExportFile } from './read.ts';
import { isTransferred } from './tables.ts';

export interface Imported {
  readonly rows: number;
  readonly channels: number;
}

/**
 * Puts an export into a hub, in one transaction: all of it or nothing. The channels start paused: resuming one takes its
 * open tasks up again.
 * @param sealer seals the secrets anew
 * @param path a local file; read twice, first to prove it whole before anything is touched
 * @param options.replace deletes what the hub holds (the audit record apart)
 * @throws TransferError when the passphrase is wrong, the file is damaged or of a newer program, or the hub is not empty
 */
export async function importHub(
  db: Db,
  sealer: Sealer,
  path: string,
  { passphrase, replace }: { passphrase: string; replace: boolean },
): Promise<Imported> {
  const file = await openExport(path, passphrase);
  await checkMigrations(db, file);
  for await (const batch of file.batches()) checkTable(batch);
  return db.transaction(async (trx) => {
    if (replace) await deleteAll(trx);
    else await refuseUnlessEmpty(trx);
    await deferChecks(trx);
    let rows = 0;
    for await (const batch of file.batches()) {
      await insertRows(trx, batch.table === 'channels' ? reseal(batch, sealer, file) : batch);
      rows += batch.rows.length;
    }
    await freeWaitingEvents(trx);
    const channels = await pauseChannels(trx);
    await setDemoChannel(trx, file.header.demoChannelId);
    await recordAudit(trx, {
      by: 'command line',
      action: 'import',
      objectType: 'hub',
      objectId: 'hub',
      after: { rows, replaced: replace },
    });
    return { rows, channels };
  });
}

async function checkMigrations(db: Db, { header }: ExportFile): Promise<void> {
  const ours = await db.transaction((trx) => migrationsOf(trx), { readOnly: true });
  const newer = header.migrations.filter((name) => !ours.includes(name));
  if (newer.length > 0)
    throw new TransferError(
      `The export was made by a newer Countersign (${newer.join(', ')}): import it with that version.`,
    );
}

function checkTable({ table }: Batch): void {
  if (!isTransferred(table))
    throw new TransferError(`The export holds a table "${table}", which this Countersign does not know.`);
}

async function refuseUnlessEmpty(trx: Trx): Promise<void> {
  const counts = Object.entries(await countRows(trx)).filter(([, count]) => count > 0);
  if (counts.length > 0)
    throw new TransferError(
      `The hub is not empty (${counts.map(([table, count]) => `${table}: ${count}`).join(', ')}). ` +
        'Import into a new DATA_DIR or database, or say --replace to delete all of this first.',
    );
}

/** Channels' rows with their secrets under this hub's own key. */
function reseal(batch: Batch, sealer: Sealer, { passkey }: ExportFile): Batch {
  return {
    ...batch,
    rows: batch.rows.map((row) => {
      const channel = JSON.parse(row) as { id: string; secrets: string };
      const about = aboutChannel(channel.id);
      return JSON.stringify({
        ...channel,
        secrets: sealer.seal(passkey.sealer.open(channel.secrets, about), about),
      });
    }),
  };
}
