import { z } from 'zod';

/** From least to most (docs/http-api.md). Each may do what those before it may, except that viewers' and submitters' reading shows secrets in sources masked. */
export const ROLES = ['viewer', 'submitter', 'editor', 'admin'] as const;
export const role = z.enum(ROLES, 'must be viewer, submitter, editor or admin');
export type Role = z.infer<typeof role>;

/** Whether who has `held` may do what needs `needed`. */
export const mayDo = (held: Role, needed: Role): boolean => ROLES.indexOf(held) >= ROLES.indexOf(needed);
