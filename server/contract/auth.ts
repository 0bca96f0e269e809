import { z } from 'zod';
import { role } from './role.ts';

const time = z.iso.datetime();

/** As people write them: no space at either end, compared without regard to case, and é is é however a keyboard makes it. */
const userName = z
  .string()
  .normalize()
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must be at most 200 characters long');

const PASSWORD_LENGTHS = 'must be 10 to 200 characters long';
const newPassword = z.string().min(10, PASSWORD_LENGTHS).max(200, PASSWORD_LENGTHS);
/** What somebody claims to be a password; long ones are refused unread. */
const givenPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(1000, 'must be at most 1000 characters long');

export const user = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role,
    disabled: z.boolean(),
    hasPassword: z.boolean(),
    oidc: z.boolean().describe('signs in by the company account (OIDC)'),
    createdAt: time,
    lastSignInAt: time.nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

export const newUser = z.strictObject({ name: userName, role, password: newPassword.optional() });
export type NewUser = z.infer<typeof newUser>;

export const userChange = z.strictObject({
  name: userName.optional(),
  role: role.optional(),
  disabled: z.boolean().optional(),
});
export type UserChange = z.infer<typeof userChange>;

export const signInLink = z
  .object({
    url: z.string().describe('opens a page with a button; works once'),
    token: z.string().describe('the last part of the URL, for POST /sign-in/link'),
    expiresAt: time,
  })
  .meta({ id: 'SignInLink' });
export type SignInLink = z.infer<typeof signInLink>;

export const session = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), kind: z.enum(['user', 'token', 'setting']) }),
    role,
    csrfToken: z
      .string()
      .nullable()
      .describe('to send as x-csrf-token with everything but GET; null for a bearer token, which needs none'),
    expiresAt: time.nullable().describe('when the session ends if it is not used; null for a bearer token'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const sessionsEnded = z
  .object({ ended: z.int().describe('how many sessions ran until now') })
  .meta({ id: 'SessionsEnded' });
export type SessionsEnded = z.infer<typeof sessionsEnded>;

export const signIn = z.strictObject({
  name: z.string().normalize().trim().min(1).max(200),
  password: givenPassword,
});
export const signInByLink = z.strictObject({
  token: z.string().min(1).max(200),
  password: newPassword.optional().describe('sets a new password'),
});
export const passwordChange = z.strictObject({
  current: givenPassword.optional().describe('needed when there is a password'),
  password: newPassword,
});

export const apiToken = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role,
    createdBy: z.string(),
    createdAt: time,
    lastUsedAt: time.nullable().describe('to the minute'),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiToken>;

export const newApiToken = z.strictObject({
  name: z
    .string()
    .normalize()
    .trim()
    .min(1, 'must not be empty')
    .max(200, 'must be at most 200 characters long'),
  role,
});

export const createdApiToken = z
  .object({ id: z.uuid(), token: z.string().describe('shown this once') })
  .meta({ id: 'CreatedApiToken' });
