import { z } from 'zod';
import { role } from '../contract/role.ts';

/** What goes over the socket, checked on both sides. It is HTTP: `POST /tokens`, `/export`, `/import`, `/rotate-key`. */
export const tokenRequest = z.object({ name: z.string().min(1).max(200), role });
export const tokenAnswer = z.object({ id: z.string(), token: z.string() });
export const exportRequest = z.object({ passphrase: z.string() });
export const imported = z.object({ rows: z.number(), channels: z.number() });
export const rotated = z.object({ resealed: z.number() });
/** `known`: the message is for people; otherwise it was a fault of ours. */
export const refusal = z.object({ message: z.string(), known: z.boolean() });

/** Of an import, whose body is the file; base64url of UTF-8, since a header takes ASCII only. */
export const PASSPHRASE_HEADER = 'countersign-passphrase';
/** Of an export's answer: how many rows it holds. */
export const ROWS_HEADER = 'countersign-rows';
