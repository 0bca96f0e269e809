// Single calls: approvals, templates, people.

const INSTANCES = '/v1.0/workflow/processInstances';

/** @type {DingtalkClient['instance']} */
async function instance(id = approvalInstanceId) {
  const asked = { purpose: 'show the approval', reads: true };
  const answer = await api('GET', INSTANCES, { ...asked, query: { processInstanceId: id } });
  if (!answer.result) throw unclear(asked, 200, 'the answer has no result', answer);
  return answer.result;
}

/** @type {DingtalkClient['listInstances']} */
async function listInstances({ startTime, endTime, processCode = APPROVAL_CODE, ...filter }) {
  const asked = { purpose: 'list approvals', reads: true };
  const body = {
    ...filter,
    processCode,
    startTime: new Date(startTime).getTime(),
    endTime: endTime === undefined ? undefined : new Date(endTime).getTime(),
    maxResults: 20,
  };
  const found = [];
  let nextToken = 0;
  do {
    const page = { ...asked, body: { ...body, nextToken } };
    const { result } = await api('POST', '/v1.0/workflow/processes/instanceIds/query', page);
    found.push(...list(result?.list));
    // It comes back as a text and must be sent as a number; absent and empty are the end.
    nextToken = Number(result?.nextToken ?? 0);
  } while (nextToken > 0);
  return found;
}

/** @type {DingtalkClient['formSchema']} */
async function formSchema(processCode = APPROVAL_CODE) {
  const asked = { purpose: 'show the template', reads: true };
  const path = '/v1.0/workflow/forms/schemas/processCodes';
  const { result } = await api('GET', path, { ...asked, query: { processCode } });
  const controls = list(result?.schemaContent?.items).filter((item) => item.props?.label);
  return {
    name: String(result?.name ?? ''),
    fields: controls.map(({ componentName, props }) => ({
      id: String(props.id ?? ''),
      name: String(props.label),
      type: String(componentName),
      required: String(props.required) === 'true',
      ...(props.options
        ? { options: list(props.options).map((option) => String(option.value ?? option)) }
        : {}),
    })),
  };
}

/** @type {DingtalkClient['userByMobile']} */
async function userByMobile(mobile) {
  const asked = { purpose: `find the user with the mobile number ${mobile}`, reads: true };
  const found = await topapi('/topapi/v2/user/getbymobile', { mobile }, asked);
  // An account that only this company has stands in a list of its own.
  const userId = found.userid || list(found.exclusive_account_userid_list)[0];
  if (!userId) throw unclear(asked, 200, 'the answer names no user', found);
  return userId;
}

/** @type {DingtalkClient['user']} */
function user(userid) {
  return topapi('/topapi/v2/user/get', { userid }, { purpose: `show the user ${userid}`, reads: true });
}

/** @type {DingtalkClient['comment']} */
async function comment(text, userId = DEFAULT_ORIGINATOR, id = approvalInstanceId) {
  const body = { processInstanceId: id, text: cut(text), commentUserId: userId };
  await api('POST', `${INSTANCES}/comments`, { body, purpose: 'comment on the approval' });
}
