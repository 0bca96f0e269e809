import type { Sight } from './watch.ts';

type Match = (sight: Sight) => boolean;

const statement =
  (when: 'before' | 'sent' | 'answered', text: RegExp): Match =>
  (sight) =>
    sight.of === 'sql' && sight.when === when && text.test(sight.text);

/** The COMMIT of a transaction that said all of these. */
const commit =
  (when: 'before' | 'sent' | 'answered', ...said: readonly RegExp[]): Match =>
  (sight) =>
    sight.of === 'sql' &&
    sight.when === when &&
    /^commit\b/i.test(sight.text) &&
    said.every((each) => each.test(sight.transaction));

const call =
  (when: 'made' | 'sent' | 'answered', to: RegExp): Match =>
  (sight) =>
    sight.of === 'call' && sight.when === when && to.test(sight.to);

const TASK = /insert into "?tasks"?\b/;
const INTENT = /set opening = 'sending'/;
const CREATE = /^POST \/simulator\/\w+\/v1\.0\/workflow\/processInstances$/;
const LINK = /update "?approvals"? set .*approval_instance_id"? =/;
const INBOX = /insert into "?events"?\b/;
const DECIDED = /update "?events"? set "?outcome/;
const MOVED = /update "?tasks"? set "?status/;
const REVOKE = /^POST \/simulator\/\w+\/v1\.0\/workflow\/processInstances\/terminate/;
const DETAIL = /^GET \/simulator\/\w+\/v1\.0\/workflow\/processInstances\?/;

/** Where a process can be killed, by what it is seen doing; in the order of a task's life. */
export const POINTS = {
  'in the middle of the migration': statement('sent', /create table "?approvals"?\b/),
  'while the queue makes its tables': statement('sent', /create schema.*jobs/is),
  'before a submission is committed': commit('before', TASK),
  'when the commit of a submission was sent': commit('sent', TASK),
  'after a submission was committed, before its answer': commit('answered', TASK),
  'before the intent is committed': statement('before', INTENT),
  'when the intent was sent': statement('sent', INTENT),
  'after the intent, before the create call leaves': call('made', CREATE),
  'when the create call was sent': call('sent', CREATE),
  'when the create call was answered': call('answered', CREATE),
  'before the link is committed': commit('before', LINK),
  'when the commit of the link was sent': commit('sent', LINK),
  'after the link was committed': commit('answered', LINK),
  'after a callback was verified, before it is committed': commit('before', INBOX),
  'after a callback was committed, before it is acknowledged': commit('answered', INBOX),
  'right after a callback was acknowledged': (sight) =>
    sight.of === 'reply' && /^POST \/callbacks\//.test(sight.to),
  'before the outcome of a callback is committed': commit('before', DECIDED, MOVED),
  'when the commit of a callback’s outcome was sent': commit('sent', DECIDED, MOVED),
  'in the revoke call': call('sent', REVOKE),
  'in the sync that follows the end': call('sent', DETAIL),
} as const satisfies Record<string, Match>;

export type Point = keyof typeof POINTS;
