// The client that every stage of a DingTalk mapping has in scope as `dingtalk`. Its text is client.js and the
// files of client/, beside this file.

/** One field of the form. Values of any kind are sent as text, as DingTalk wants them. */
interface DingtalkField {
  /** Must equal the title of the control in the template. A date range has two titles: `["Start", "End"]`. */
  name: string | [string, string];
  /** Lists and objects become JSON text; null and undefined become "". */
  value: unknown;
  id?: string;
  bizAlias?: string;
  componentType?: string;
  extValue?: unknown;
  details?: unknown[];
}

/** One step of an approval flow given by the script instead of the template's own flow. */
interface DingtalkNode {
  userIds: string[] | string;
  /** AND: all must agree; OR: the first decides. One person alone is always NONE. */
  actionType?: 'AND' | 'OR' | 'NONE';
}

/** What `reqBody` may hold for the create stage. Keys not named here are sent as they are. */
interface DingtalkCreateBody {
  processCode?: string;
  /** Who submits: a user id. `originator` is read as well. */
  originatorUserId?: string;
  originator?: string;
  /** The originator's department; looked up when absent. */
  deptId?: number | string;
  /** A user id, a list of them (one step, all must agree), or a list of steps. Replaces the template's flow. */
  approvers?: string | string[] | (DingtalkNode | string[] | string)[];
  /** Who gets a copy. DingTalk reads it only when `approvers` is given. */
  ccList?: string | string[];
  ccPosition?: 'START' | 'FINISH' | 'START_FINISH';
  /** For steps whose approver the submitter chooses. */
  targetSelectActioners?: { actionerKey: string; actionerUserIds: string[] }[];
  microappAgentId?: number | string;
  [key: string]: unknown;
}

/** One control of a template. */
interface DingtalkControl {
  id: string;
  name: string;
  type: string;
  required: boolean;
  options?: string[];
}

/**
 * Why a call failed: `error.provider` of the errors that this client throws.
 * `token`: the access token is not valid any more, or there is none. `throttled`: too many calls, the call was not carried out.
 * `quota`: the month's calls are used up. `permission`: the app lacks a permission. `notFound`: no such instance or user.
 * `tooEarly`: DingTalk revokes only 15 s after creation. `refused`: any other refusal.
 * `unclear`: no clear answer came (`error.code` is then that of `fetch`, or `HTTP_ERROR`); a call that changes something may have
 * been carried out, unless `error.sent` is false.
 */
interface DingtalkFailure {
  kind: 'token' | 'throttled' | 'quota' | 'permission' | 'notFound' | 'tooEarly' | 'refused' | 'unclear';
  /** HTTP status, 0 when no answer came. */
  status: number;
  /** DingTalk's own code, e.g. `formConverterError` or `60121`; "" when it gave none. */
  code: string;
  /** DingTalk's own words. */
  message: string;
  requestId: string;
}

interface DingtalkClient {
  /** Fetches an access token for `reqBody`'s appKey and appSecret, or the channel's when it has none. */
  token(body?: object): Promise<TokenResult>;
  /** Opens one approval with the form. Called again without arguments it ends as the one before, which may be under way. */
  create(form?: JSONArray | DingtalkField[], body?: JSONObject | DingtalkCreateBody): Promise<CreateResult>;
  /** Takes an approval back, in the system's name, or in the originator's when given. */
  revoke(id?: string, reason?: string, originatorUserId?: string): Promise<RevokeResult>;
  /** Reads an event: the new status, or null when it changes nothing. Makes no call. */
  callback(payload?: object, type?: string): CallbackResult;
  /** Reads an approval's status, form, records and approvers. Names of at most 8 people are looked up. */
  sync(id?: string): Promise<SyncResult>;
  /** Writes a comment under an approval. */
  comment(text: string, userId?: string, id?: string): Promise<void>;
  /** The controls of a template. */
  formSchema(processCode?: string): Promise<{ name: string; fields: DingtalkControl[] }>;
  /** The user id that belongs to a mobile number. */
  userByMobile(mobile: string): Promise<string>;
  /** A user's details: name, dept_id_list, title, manager_userid … as DingTalk gives them. */
  user(userId: string): Promise<any>;
  /** The details of an approval as DingTalk gives them. Beware: its times are China time with a false `Z`. */
  instance(id?: string): Promise<any>;
  /** Ids of approvals opened since `startTime` (a Date, epoch milliseconds or ISO text), 20 a call, all pages. */
  listInstances(query: {
    startTime: Date | number | string;
    endTime?: Date | number | string;
    userIds?: string[];
    statuses?: ('RUNNING' | 'TERMINATED' | 'COMPLETED')[];
    processCode?: string;
  }): Promise<string[]>;
  /** Any call of the new API (`https://api.dingtalk.com`), e.g. `api('GET', '/v1.0/…', { query: { nextToken: 0 } })`. */
  api(
    method: string,
    path: string,
    options?: DingtalkCall & { query?: object; body?: object; headers?: Record<string, string> },
  ): Promise<any>;
  /** Any call of the old API (`https://oapi.dingtalk.com`), e.g. `topapi('/topapi/user/listid', { dept_id: 1 })`. Answers its `result`, or all of it when it has none. */
  topapi(path: string, body?: object, options?: DingtalkCall): Promise<any>;
}

interface DingtalkCall {
  /** What the call is for, in error messages: `DingTalk refused to <purpose>: …`. */
  purpose?: string;
  /** The call changes nothing: it is tried again (after 1 s, then 2 s) when DingTalk says it is busy. True for GET. */
  reads?: boolean;
  /** A read that is not tried again. */
  once?: boolean;
  /** Given each answer of DingTalk's, whatever it says: for its headers. */
  onResponse?: ((response: Response) => void) | undefined;
}

/** DingTalk's calls, one method each, and the five stages as they are done when a script returns nothing. */
declare const dingtalk: DingtalkClient;
