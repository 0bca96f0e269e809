// Taking an approval back (protocols/dingtalk.md §3).

/** @type {DingtalkClient['revoke']} */
async function revoke(id = approvalInstanceId, reason = REVOKE_REASON, originatorUserId = '') {
  const asked = { purpose: 'revoke the approval', reads: false };
  const body = {
    processInstanceId: id,
    // DingTalk's table calls isSystem optional, its errors do not. false is for the originator's own name only.
    isSystem: originatorUserId === '',
    operatingUserId: originatorUserId || undefined,
    remark: cut(reason) || undefined,
  };
  try {
    const answer = await api('POST', `${INSTANCES}/terminate`, { ...asked, body });
    if (String(answer.result) !== 'true') throw unclear(asked, 200, 'the answer is not result: true', answer);
    return { revoked: true };
  } catch (/** @type {any} */ error) {
    if (error.provider?.code === 'aflowProcessInstStatusException') return notRevocable(id, error.provider);
    if (error.provider?.message.includes('没有任务处理的权限')) {
      error.message +=
        ' Allow submitters to revoke approvals in progress: advanced settings of the template.';
    }
    throw error;
  }
}

/**
 * DingTalk has one code for "too early" and for "already over": its words or the approval itself tell which.
 * @param {string} id @param {DingtalkFailure} refused @returns {Promise<RevokeResult>}
 */
async function notRevocable(id, refused) {
  const tooEarly = /15\s*秒/.test(refused.message);
  const status = tooEarly ? 'pending' : instanceStatus(await instance(id));
  if (status === 'revoked') return { revoked: true };
  if (status !== 'pending') {
    throw failure(`The approval is ${status} already: it cannot be revoked any more.`, refused);
  }
  const message = `DingTalk allows revoking only 15 s after creation: try again. (${refused.message})`;
  throw failure(message, { ...refused, kind: 'tooEarly' });
}
