// permissions: which of the permissions that approvals need does the app have? Answers { checks: [{ name, ok, detail }] }.
// Each is seen by a call that changes nothing, about things that need not exist: DingTalk looks at the permission first.

/** Nobody's, and nothing's. */
const NO_INSTANCE = 'countersign-verify';
const NO_FORM = 'PROC-COUNTERSIGN-VERIFY';
const NO_MOBILE = '13000000000';

const person = DEFAULT_ORIGINATOR || 'countersign-verify';

/** @type {{ name: string, ok: boolean, detail: string }[]} */
const checks = [];

await check('Workflow.Form.Read', 'read approval forms', (asked) =>
  dingtalk.api('GET', '/v1.0/workflow/processes/userVisibilities/templates', {
    ...asked,
    query: { maxResults: 1, nextToken: 0 },
  }),
);
await check('Workflow.Instance.Read', 'read approvals', (asked) =>
  dingtalk.api('GET', '/v1.0/workflow/processInstances', {
    ...asked,
    query: { processInstanceId: NO_INSTANCE },
  }),
);
await check('Workflow.Instance.Write', 'open and revoke approvals', (asked) =>
  dingtalk.api('POST', '/v1.0/workflow/processes/forecast', {
    ...asked,
    body: { processCode: NO_FORM, deptId: -1, userId: person, formComponentValues: [] },
  }),
);
await check('qyapi_get_member_by_mobile', 'find submitters by mobile number', (asked) =>
  dingtalk.topapi('/topapi/v2/user/getbymobile', { mobile: NO_MOBILE }, asked),
);
const seen = await check('qyapi_get_member', 'name people', (asked) =>
  dingtalk.topapi('/topapi/v2/user/get', { userid: person }, asked),
);
if (DEFAULT_ORIGINATOR && seen !== 'not seen') {
  checks.push({
    name: 'default originator',
    ok: seen === undefined,
    detail:
      seen === undefined
        ? `${DEFAULT_ORIGINATOR} is a user of the company.`
        : `DingTalk does not know the user ${DEFAULT_ORIGINATOR}: set defaultOriginator to a user id of an employee.`,
  });
}
return { checks };

/**
 * Makes one call and tells what it says of the permission.
 * @param {string} name as DingTalk's console calls it
 * @param {string} purpose
 * @param {(asked: { purpose: string, reads: true, once: true }) => Promise<unknown>} call
 * @returns {Promise<any>} DingTalk's refusal, undefined when there was none, 'not seen' when it says nothing about the matter
 */
async function check(name, purpose, call) {
  let refused;
  try {
    await call({ purpose, reads: true, once: true });
  } catch (/** @type {any} */ error) {
    refused = error;
  }
  const kind = refused?.provider?.kind ?? (refused ? 'unclear' : 'granted');
  // That something does not exist is said to those only who may look for it.
  const ok = ['granted', 'refused', 'notFound'].includes(kind);
  checks.push({
    name: `permission ${name}`,
    ok,
    detail: ok ? `The app may ${purpose}.` : missing(name, purpose, kind, refused),
  });
  return ok ? refused : 'not seen';
}

/** @param {string} name @param {string} purpose @param {string} kind @param {any} refused */
function missing(name, purpose, kind, refused) {
  return kind === 'permission'
    ? `The app may not ${purpose}: apply for ${name} (developer console, Permission Management). ${refused.message}`
    : `It could not be seen whether the app may ${purpose}. ${refused.message}`;
}
