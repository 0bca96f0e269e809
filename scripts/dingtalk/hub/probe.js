// probe: does DingTalk still know an approval? Answers { exists, status? }; `status` is DingTalk's own word.
// Only DingTalk's own "there is no such instance" is exists: false (protocols/dingtalk.md §4); any other trouble is thrown.

/** @type {{ approvalInstanceId: string }} */
const { approvalInstanceId: id } = JSON.parse(QUESTION);

const GONE = ['processInstanceNotExist', 'processInstanceIdError', 'aflowProcessInstNotExist'];

try {
  const { status } = await dingtalk.instance(id);
  return { exists: true, ...(status ? { status: String(status) } : {}) };
} catch (/** @type {any} */ error) {
  if (GONE.includes(error.provider?.code)) return { exists: false };
  throw error;
}
