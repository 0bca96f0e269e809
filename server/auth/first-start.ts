import { recordAudit } from '../audit/record.ts';
import type { Db } from '../db/database.ts';
import { insertLink } from './link-store.ts';
import { showLink } from './users.ts';
import { insertUserNamedLike, lockAdmins } from './user-store.ts';

/**
 * A way in for whoever runs the server: at the first start, and later when no admin could sign in (none has a password or a
 * company account).
 * @param options.hasOidc whether company accounts can sign in
 * @returns the URL of a one-time link, to be shown to whoever sees the start; undefined when it is not needed
 */
export async function firstStartLink(
  db: Db,
  { publicUrl, hasOidc }: { publicUrl: string; hasOidc: boolean },
): Promise<string | undefined> {
  const link = await db.transaction(async (trx) => {
    // Two processes that start at once must not both make an admin.
    await trx.raw('lock table users in share row exclusive mode');
    const admins = await lockAdmins(trx);
    if (admins.some((user) => user.password_hash !== null || (hasOidc && user.oidc_subject !== null)))
      return undefined;
    const about = { by: 'the hub', objectType: 'user' };
    let [admin] = admins;
    if (admin === undefined) {
      admin = await insertUserNamedLike(trx, { name: 'admin', role: 'admin' });
      if (admin === undefined) throw new Error('The admin was not made.');
      const after = { name: admin.name, role: admin.role };
      await recordAudit(trx, { ...about, action: 'create', objectId: admin.id, after });
    }
    await recordAudit(trx, { ...about, action: 'sign-in-link', objectId: admin.id });
    return insertLink(trx, admin.id);
  });
  return link === undefined ? undefined : showLink(link, publicUrl).url;
}
