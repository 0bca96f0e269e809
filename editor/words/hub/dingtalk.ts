import type { Sentences } from './translate.ts';

/** What DingTalk's client says (scripts/dingtalk). */
export const dingtalk: Sentences = {
  'DingTalk refused to {*do}: {*message} ({code}).': '钉钉拒绝{*do}：{*message}（{code}）。',
  'DingTalk gave no clear answer when asked to {*do}: {*what}.': '请求钉钉{*do}时没有得到明确应答：{*what}。',
  'DingTalk gave no clear answer when asked to {*do}.': '请求钉钉{*do}时没有得到明确应答。',
  'DingTalk cannot be asked to {*do}: {*why}': '无法请求钉钉{*do}：{*why}',
  'do {call}': '执行 {call}',
  'open the approval': '发起审批',
  'list approvals': '列出审批',
  'show the approval': '返回审批详情',
  'show the approval {id}': '返回审批 {id} 的详情',
  'show the template': '返回审批模板',
  'find the user with the mobile number {mobile}': '按手机号 {mobile} 查找用户',
  'show the user {id}': '返回用户 {id} 的信息',
  'comment on the approval': '评论审批',
  'name a user': '返回用户姓名',
  'revoke the approval': '撤销审批',
  'give an access token': '返回访问凭证',
  "Check the channel's App ID and App Secret: DingTalk calls them Client ID and Client Secret.":
    '请检查渠道的 App ID 和 App Secret：钉钉称之为 Client ID 和 Client Secret。',
  'open a connection for events': '建立事件长连接',
  'DingTalk named no place to connect to.': '钉钉没有给出可连接的地址。',
  'the answer has no errcode': '应答中没有 errcode',
  'the answer has no instanceId': '应答中没有 instanceId',
  'the answer has no result': '应答中没有 result',
  'the answer names no user': '应答中没有用户',
  'the answer is not result: true': '应答不是 result: true',
  'accessToken or expireIn is missing': '缺少 accessToken 或 expireIn',
  'sent back': '退回',
  'added an approver before': '前加签',
  'added an approver after': '后加签',
  'it has no form': '其中没有表单',
  'this address is blocked': '此地址已被封禁',
  'HTTP {status}, not JSON: {text}': 'HTTP {status}，不是 JSON：{text}',
  'there is no access token. Give accessToken, or APP_ID and APP_SECRET (App ID and App Secret of the channel) to have one fetched.':
    '没有访问凭证。请给出 accessToken，或给出 APP_ID 和 APP_SECRET（渠道的 App ID 和 App Secret）以获取凭证。',
  'This call carried none: {*why}': '此次调用没有携带凭证：{*why}',
  'It may have been done all the same: look at DingTalk before trying again.':
    '操作可能已经生效：重试之前请先在钉钉中确认。',
  "Check the path of the channel's API base URL (--api-base): the simulator's ends in /simulator/dingtalk":
    '请检查渠道的 API 地址（--api-base）的路径：模拟器的地址以 /simulator/dingtalk 结尾',
  'The access token is not valid any more: fetch a new one and try once more.':
    '访问凭证已失效：请重新获取后再试。',
  'Too many calls at once, and this one was not carried out: wait a second and try again.':
    '同时调用过多，此次未执行：请一秒后重试。',
  "The company's calls of this month are used up: buy more at DingTalk, or wait for the next month.":
    '企业本月的调用次数已用完：请在钉钉购买，或等到下月。',
  'Let an administrator grant it: DingTalk developer console, Permission Management.':
    '请管理员在钉钉开发者后台的“权限管理”中开通。',
  'It made too many calls, and this one was not carried out: try again in 5 minutes.':
    '调用过多，此次未执行：请 5 分钟后重试。',
  'Each name must equal the title of a control of the template, and each value suit its type.':
    '每个 name 必须与模板中某个控件的标题一致，value 必须符合其类型。',
  'Check the submitter (originatorUserId) and the department he or she belongs to (deptId).':
    '请检查发起人（originatorUserId）及其所属部门（deptId）。',
  'Check the approval form id (processCode): there is no such template, or this company does not have it.':
    '请检查审批表单 ID（processCode）：没有该模板，或者不属于本企业。',
  "Check the mapping's approval definition id (APPROVAL_CODE): there is no such template.":
    '请检查映射的审批表单 ID（APPROVAL_CODE）：没有该模板。',
  'Enable the template in the DingTalk admin console.': '请在钉钉管理后台启用该模板。',
  'In this template the submitter chooses an approver: put targetSelectActioners into reqBody.':
    '此模板由发起人自选审批人：请在 reqBody 中设置 targetSelectActioners。',
  'Missing permission: {list}.': '缺少权限：{list}。',
  "APPROVAL_CODE is empty: give the mapping an approval definition id (DingTalk's PROC-…).":
    'APPROVAL_CODE 为空：请为映射设置审批表单 ID（钉钉的 PROC-…）。',
  'ccList has {count} people; DingTalk takes at most 50.': 'ccList 有 {count} 人，钉钉最多接受 50 人。',
  'DingTalk ignores ccList without approvers: nobody gets a copy of this approval.':
    '没有 approvers 时钉钉会忽略 ccList：此审批不会抄送给任何人。',
  'approvers has {count} steps; DingTalk takes at most 20.': 'approvers 有 {count} 步，钉钉最多接受 20 步。',
  'SUBMITER_PHONE is empty.': 'SUBMITER_PHONE 为空。',
  "The channel's default originator submits this approval. {*why}": '将以渠道的默认发起人发起此审批。{*why}',
  'Nobody is known as submitter of the approval. {*why} Submit the task with a SUBMITER_PHONE that DingTalk knows, or give the channel a default originator, or say reqBody.put("originatorUserId", …) in the create stage.':
    '不知道由谁发起审批。{*why}请在任务中给出钉钉能查到的 SUBMITER_PHONE，或为渠道设置默认发起人，或在“发起审批”阶段写 reqBody.put("originatorUserId", …)。',
  "The root department stands in for the submitter's. {*why}": '以根部门代替发起人的部门。{*why}',
  'Names of people are missing. {*why}': '缺少人员姓名。{*why}',
  'The form must be a list of fields, each { name, value }.': '表单必须是字段列表，每项为 { name, value }。',
  'fromField is empty: add a field, e.g. fromField.add({ name: "Task ID", value: TASK_ID }).':
    'fromField 为空：请添加字段，例如 fromField.add({ name: "Task ID", value: TASK_ID })。',
  'fromField has {count} fields; DingTalk takes at most 150.':
    'fromField 有 {count} 个字段，钉钉最多接受 150 个。',
  '{place}.name is missing: give the title of a control of the template.':
    '缺少 {place}.name：请填写模板中控件的标题。',
  '{place} repeats "{name}", which fromField[{first}] has already.':
    '{place} 重复了 fromField[{first}] 中的“{name}”。',
  '{place}.value ("{name}") has {count} characters; DingTalk takes at most 65535.':
    '{place}.value（“{name}”）有 {count} 个字符，钉钉最多接受 65535 个。',
  'Not in the template: {names}.': '模板中没有：{names}。',
  'Not in the template: {names}. It has: {titles}.': '模板中没有：{names}。模板中有：{titles}。',
  'Not in the template: {names}. It has: {titles}. Required and missing: {missing}.':
    '模板中没有：{names}。模板中有：{titles}。缺少必填项：{missing}。',
  'It has: {names}.': '模板中有：{names}。',
  'Required and missing: {names}.': '缺少必填项：{names}。',
  'Allow submitters to revoke approvals in progress: advanced settings of the template.':
    '请在模板的高级设置中允许发起人撤销进行中的审批。',
  'The approval is {*status} already: it cannot be revoked any more.':
    '该审批的状态已是{*status}，不能再撤销。',
  'DingTalk allows revoking only 15 s after creation: try again. ({*why})':
    '钉钉要求发起 15 秒后才能撤销：请重试。（{*why}）',
  'No app is named: give the channel an App ID, or say reqBody.put("appKey", …).':
    '没有指定应用：请为渠道填写 App ID，或写 reqBody.put("appKey", …)。',
  'Check {*key} and {*secret} (DingTalk: Client ID and Client Secret).':
    '请检查{*key}和{*secret}（钉钉：Client ID 和 Client Secret）。',
  "reqBody's appKey": ' reqBody 的 appKey ',
  "the channel's App ID": '渠道的 App ID ',
  "reqBody's appSecret": ' reqBody 的 appSecret',
  "the channel's App Secret": '渠道的 App Secret',
  'too busy': '过于繁忙',
  'must have exactly {count} letters and digits': '必须正好是 {count} 个字母和数字',
  'must have {least} to {most} characters without blanks': '必须为 {least} 至 {most} 个字符，不含空格',

  // What its app may do.
  '{user} is a user of the company.': '{user} 是企业员工。',
  'DingTalk does not know the user {user}: set defaultOriginator to a user id of an employee.':
    '钉钉查不到用户 {user}：请将默认发起人设置为员工的 userId。',
  'The app may {*do}.': '应用可以{*do}。',
  'The app may not {*do}: apply for {name} (developer console, Permission Management). {*why}':
    '应用不能{*do}：请在开发者后台的“权限管理”中申请 {name}。{*why}',
  'It could not be seen whether the app may {*do}. {*why}': '无法确定应用是否可以{*do}。{*why}',
  'read approval forms': '读取审批表单',
  'read approvals': '读取审批',
  'open and revoke approvals': '发起和撤销审批',
  'find submitters by mobile number': '按手机号查找发起人',
  'name people': '读取人员姓名',
  'not seen': '无法确定',
};
