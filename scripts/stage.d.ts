// What each stage returns, and what it finds in scope beside globals.d.ts.
// A stage script is the body of an async function: `await` and `return` work at top level.
// A script that returns nothing is finished by the provider's client: `await dingtalk.create()`, and so on.

// --- What a stage returns, checked when a script runs. More keys than these are kept as they are. ---

type ApprovalStatus = 'pending' | 'approved' | 'rejected' | 'revoked';

interface TokenResult {
  accessToken: string;
  /** Seconds from now. */
  expiresIn: number;
  [more: string]: unknown;
}

interface CreateResult {
  /** The provider's id of the approval that was opened. */
  approvalInstanceId: string;
  [more: string]: unknown;
}

interface RevokeResult {
  revoked: true;
  [more: string]: unknown;
}

/** Null for an event that changes nothing. */
type CallbackResult = {
  approvalInstanceId: string;
  status: ApprovalStatus;
  [more: string]: unknown;
} | null;

interface SyncResult {
  status: ApprovalStatus;
  title?: string | undefined;
  form?: FormValue[] | undefined;
  records?: ApprovalRecord[] | undefined;
  approvers?: Approver[] | undefined;
  [more: string]: unknown;
}

/** One field as the provider holds it. */
interface FormValue {
  name: string;
  value: string | null;
  [more: string]: unknown;
}

/** One step that somebody took. */
interface ApprovalRecord {
  userId?: string | null | undefined;
  userName?: string | null | undefined;
  action: string;
  comment?: string | null | undefined;
  /** ISO 8601. */
  at?: string | null | undefined;
  [more: string]: unknown;
}

/** One person who was asked, with the state of his or her answer. */
interface Approver {
  userId: string;
  userName?: string | null | undefined;
  status: string;
  [more: string]: unknown;
}

interface StageResults {
  token: TokenResult;
  create: CreateResult;
  revoke: RevokeResult;
  callback: CallbackResult;
  sync: SyncResult;
}

// --- What a stage finds in scope beside the globals. ---

/** Which of the names below each stage has; in another stage the name is a ReferenceError. */
interface StageNames {
  token: 'APP_ID' | 'APP_SECRET' | 'reqBody';
  create: 'accessToken' | 'fromField' | 'reqBody';
  revoke: 'accessToken' | 'approvalInstanceId' | 'REVOKE_REASON';
  callback: 'event' | 'eventType';
  sync: 'accessToken' | 'approvalInstanceId';
}

/** token: the channel's App ID (DingTalk: Client ID or appKey). */
declare const APP_ID: string;
/** token: the channel's App Secret. It never shows in a log, a trace or a result. */
declare const APP_SECRET: string;
/** create, revoke, sync: the token that the token stage fetched. */
declare const accessToken: string;
/** create: the approval form. Add one object a field: `{ name, value }`. */
declare let fromField: JSONArray;
/** token, create: more for the provider's request (approvers, ccList, deptId, originator …), merged in as it is. */
declare let reqBody: JSONObject;
/** revoke, sync: the id that the create stage returned. */
declare const approvalInstanceId: string;
/** revoke: why the task is taken back, "" when nobody said. */
declare const REVOKE_REASON: string;
/** callback: the decrypted event. Read it as `event.type` or as `event.getString("type")`. */
declare const event: JSONObject;
/** callback: the provider's own word for the kind of event, e.g. `bpms_instance_change`. */
declare const eventType: string;
