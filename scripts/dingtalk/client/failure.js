// What went wrong, in DingTalk's words: `error.provider` tells the kinds apart (DingtalkFailure in dingtalk.d.ts).

/** @typedef {{ purpose: string, reads: boolean, once?: boolean, onResponse?: ((response: Response) => void) | undefined }} Asked what a call is for, and whether it changes nothing */

const NO_TOKEN =
  'there is no access token. Give accessToken, or APP_ID and APP_SECRET (App ID and App Secret of the channel) to have one fetched.';

const MAY_BE_DONE = ' It may have been done all the same: look at DingTalk before trying again.';

const CHECK_BASE =
  "Check the path of the channel's API base URL (--api-base): the simulator's ends in /simulator/dingtalk";

/** Our own code for DingTalk's blocking of an address, which comes without one. */
const BLOCKED = 'IP_BLOCKED';

/** Codes that say more than "refused" (protocols/dingtalk.md §1, §4, §6, §12). Words: the new API; numbers: the old one. */
const KINDS = new Map(
  /** @type {[DingtalkFailure['kind'], string[]][]} */ ([
    ['token', ['InvalidAuthentication', '40001', '40014', '41001', '42001']],
    ['throttled', ['90002', '90018', '-1', BLOCKED, 'autoflowLikeTriggerRateLimited']],
    ['quota', ['Forbidden.AccessDenied.ApiCountLimitForOrg', '90020']],
    ['permission', ['60011', '60020', '50002', 'processSetupNoPermission', 'needAuth']],
    [
      'notFound',
      ['processInstanceNotExist', 'processInstanceIdError', 'aflowProcessInstNotExist', 'userNotExist'],
    ],
    ['notFound', ['33012', '40104', '60121']],
  ]).flatMap(([kind, codes]) => codes.map((code) => [code, kind])),
);

/** What to do: by code, else by kind. */
const ADVICE = new Map(
  Object.entries({
    token: 'The access token is not valid any more: fetch a new one and try once more.',
    41001: `This call carried none: ${NO_TOKEN}`,
    throttled: 'Too many calls at once, and this one was not carried out: wait a second and try again.',
    quota: "The company's calls of this month are used up: buy more at DingTalk, or wait for the next month.",
    permission: 'Let an administrator grant it: DingTalk developer console, Permission Management.',
    [BLOCKED]: 'It made too many calls, and this one was not carried out: try again in 5 minutes.',
    authFailed: "Check the channel's App ID and App Secret: DingTalk calls them Client ID and Client Secret.",
    formConverterError:
      'Each name must equal the title of a control of the template, and each value suit its type.',
    processInstanceInvalidParameter:
      'Check the submitter (originatorUserId) and the department he or she belongs to (deptId).',
    processCodeError:
      "Check the mapping's approval definition id (APPROVAL_CODE): there is no such template.",
    aflowProcessCodeIsError:
      'Check the approval form id (processCode): there is no such template, or this company does not have it.',
    processGetFailed: 'Enable the template in the DingTalk admin console.',
    targetSelectApproverMissing:
      'In this template the submitter chooses an approver: put targetSelectActioners into reqBody.',
  }),
);

/** @param {string} message @param {DingtalkFailure} provider */
const failure = (message, provider) => Object.assign(new Error(message), { provider });

/** A mistake of the script that DingTalk need not be asked about. @param {string} message */
const misuse = (message) => Object.assign(new Error(message), { code: 'SCRIPT_RESULT' });

/** DingTalk said no. @param {Asked} asked @param {number} status @param {any} body what it answered */
function refusal({ purpose }, status, body) {
  const { code, message, requestId } = said(body);
  const kind = KINDS.get(code) ?? kindByName(status, code);
  const scopes = body.accessdenieddetail?.requiredScopes;
  const missing = scopes ? ` Missing permission: ${[scopes].flat().join(', ')}.` : '';
  const advice = ADVICE.get(code) ?? ADVICE.get(kind);
  const text = `DingTalk refused to ${purpose}: ${message} (${code}).${missing}${advice ? ` ${advice}` : ''}`;
  return failure(text, { kind, status, code, message, requestId });
}

/** The new API's codes are many and regular. @param {number} status @param {string} code @returns {DingtalkFailure['kind']} */
function kindByName(status, code) {
  if (status === 429 || /Qp[sm]Limit/.test(code)) return 'throttled';
  return code.startsWith('Forbidden.AccessDenied') ? 'permission' : 'refused';
}

/** No clear answer came: what was asked for may have happened. @param {Asked} asked @param {number} status @param {string} what @param {any} body */
function unclear({ purpose, reads }, status, what, body = {}) {
  const message = `DingTalk gave no clear answer when asked to ${purpose}: ${what}.${reads ? '' : MAY_BE_DONE}`;
  return Object.assign(failure(message, { kind: 'unclear', status, ...said(body) }), { code: 'HTTP_ERROR' });
}

/**
 * Code, words and request id of an answer. The old API's gateway wraps the real code in errcode 88, at times only
 * within the text: `ding talk error[subcode=60011,submsg=…]`.
 * @param {any} body
 */
function said(body) {
  const requestId = String(body.requestid ?? body.request_id ?? '');
  const code = String(body.code ?? body.errcode ?? '');
  const message = String(body.message ?? body.errmsg ?? '');
  if (code !== '88') return { code, message, requestId };
  const [, subCode = code, subMessage = message] =
    /subcode=([^,\]]+)(?:,\s*submsg=([^\]]*))?/.exec(message) ?? [];
  return { code: String(body.sub_code ?? subCode), message: String(body.sub_msg ?? subMessage), requestId };
}
