// Opening an approval (protocols/dingtalk.md §2). DingTalk has no idempotency key: the call leaves once, whatever happens.

/** In approvals; the address book calls the same department 1. */
const ROOT_DEPARTMENT = -1;

/** How the one create of this run ends; undefined again when its call has not left. @type {Promise<CreateResult> | undefined} */
let opening;

/** @type {DingtalkClient['create']} */
function create(...given) {
  // A script that forgot to await or to return create() is finished by a second create(): both end alike.
  if (opening && given.length === 0) return opening;
  const request = createRequest(...given);
  const ending = request.then(sendCreate);
  opening ??= ending;
  // A script may catch what failed before the call left, mend it, and be finished by default.
  request.catch(() => {
    if (opening === ending) opening = undefined;
  });
  return ending;
}

/** @param {JSONArray | DingtalkField[]} [form] @param {JSONObject | DingtalkCreateBody} [body] */
async function createRequest(form = fromField, body = reqBody) {
  const formComponentValues = formValues(form);
  return { ...(await instanceRequest(plain(body))), formComponentValues };
}

/** @param {any} request @returns {Promise<CreateResult>} */
async function sendCreate(request) {
  const asked = { purpose: 'open the approval', reads: false };
  const answer = await api('POST', INSTANCES, { ...asked, body: request }).catch(async (error) => {
    if (!error.provider || error.sent === false) opening = undefined;
    if (error.provider?.code === 'formConverterError') error.message += await formDifference(request);
    throw error;
  });
  if (!answer.instanceId) throw unclear(asked, 200, 'the answer has no instanceId', answer);
  return { approvalInstanceId: answer.instanceId };
}

/** Everything of the request but the form. @param {any} body */
async function instanceRequest({ originator, ...body }) {
  const processCode = body.processCode || APPROVAL_CODE;
  if (!processCode) {
    throw misuse("APPROVAL_CODE is empty: give the mapping an approval definition id (DingTalk's PROC-…).");
  }
  const approvers = approverNodes(body.approvers);
  const ccList = userIds(body.ccList);
  if (ccList.length > 50) throw misuse(`ccList has ${ccList.length} people; DingTalk takes at most 50.`);
  if (ccList.length > 0 && approvers.length === 0) {
    console.warn('DingTalk ignores ccList without approvers: nobody gets a copy of this approval.');
  }
  const originatorUserId = body.originatorUserId || originator || (await submitter());
  return {
    ...body,
    processCode,
    originatorUserId,
    // Wanted unless the script brings approvers of its own.
    deptId: departmentNumber(
      body.deptId ?? (approvers.length > 0 ? null : await department(originatorUserId)),
    ),
    approvers: approvers.length > 0 ? approvers : undefined,
    ccList: ccList.length > 0 ? ccList : undefined,
    microappAgentId: body.microappAgentId ? Number(body.microappAgentId) : undefined,
  };
}

/** @param {any} given an id as number or text, or null */
function departmentNumber(given) {
  if (given === null) return undefined;
  return Number(given) === 1 ? ROOT_DEPARTMENT : Number(given);
}

/** Who submits: the owner of SUBMITER_PHONE, else the channel's default originator. */
async function submitter() {
  let why = 'SUBMITER_PHONE is empty.';
  if (SUBMITER_PHONE) {
    try {
      return await userByMobile(SUBMITER_PHONE);
    } catch (/** @type {any} */ error) {
      if (!['notFound', 'permission'].includes(error.provider?.kind)) throw error;
      why = error.message;
    }
  }
  if (DEFAULT_ORIGINATOR) {
    if (SUBMITER_PHONE) console.warn(`The channel's default originator submits this approval. ${why}`);
    return DEFAULT_ORIGINATOR;
  }
  throw new Error(
    `Nobody is known as submitter of the approval. ${why} ` +
      'Submit the task with a SUBMITER_PHONE that DingTalk knows, or give the channel a default originator, ' +
      'or say reqBody.put("originatorUserId", …) in the create stage.',
  );
}

/** The first department of a user; he or she may be in several. @param {string} userId */
async function department(userId) {
  try {
    const { dept_id_list } = await user(userId); // a list, or a list in a text
    return /\d+/.exec(String(dept_id_list))?.[0] ?? ROOT_DEPARTMENT;
  } catch (/** @type {any} */ error) {
    if (error.provider?.kind !== 'permission') throw error;
    console.warn(`The root department stands in for the submitter's. ${error.message}`);
    return ROOT_DEPARTMENT;
  }
}
