import type { Writable } from 'node:stream';
import { recordAudit } from '../audit/record.ts';
import { createToken } from '../auth/tokens.ts';
import type { Role } from '../contract/role.ts';
import type { Database } from '../db/database.ts';
import { rotateKey } from '../secrets/keys.ts';
import type { Sealer } from '../secrets/seal.ts';
import { exportHub } from '../transfer/export.ts';
import { importHub } from '../transfer/import.ts';
import type { Imported } from '../transfer/import.ts';

/** Who the audit record says it was. */
const BY = 'command line';

/** What the command line does to a hub, whoever holds its database: this process, or a server behind its socket. */
export interface Control {
  /** Makes an API token; its text is never shown again. */
  createToken(wanted: { name: string; role: Role }): Promise<{ id: string; token: string }>;
  /**
   * Writes an export and ends `out`. @returns the number of rows
   * @throws TransferError
   */
  export(out: Writable, passphrase: string): Promise<number>;
  /** @param path a file here @throws TransferError; then nothing was changed */
  import(path: string, options: { passphrase: string; replace: boolean }): Promise<Imported>;
  /** Seals anew what SECRET_KEY_PREVIOUS sealed. @returns how many values */
  rotateKey(): Promise<number>;
}

/** The control of a hub whose database this process has. */
export function controlOf({ knex }: Database, sealer: Sealer): Control {
  return {
    createToken: (wanted) => createToken(knex, { ...wanted, createdBy: BY }),
    async export(out, passphrase) {
      const rows = await exportHub(knex, sealer, passphrase, out);
      await recordAudit(knex, {
        by: BY,
        action: 'export',
        objectType: 'hub',
        objectId: 'hub',
        after: { rows },
      });
      return rows;
    },
    import: (path, options) => importHub(knex, sealer, path, options),
    async rotateKey() {
      const count = await rotateKey(knex, sealer);
      await recordAudit(knex, {
        by: BY,
        action: 'rotate-key',
        objectType: 'hub',
        objectId: 'hub',
        after: { resealed: count },
      });
      return count;
    },
  };
}
