import { testVariables } from '../test-variables.ts';
import type { Sentences } from './translate.ts';

const MEANINGS = Object.entries(testVariables.en).map(([name, meaning]): [string, string] => [
  `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`,
  testVariables.zh[name as keyof typeof testVariables.zh],
]);

/** What the declarations say of the names that scripts have in scope (scripts/*.d.ts). */
export const declarations: Sentences = {
  ...Object.fromEntries(MEANINGS),
  '{*meaning}, e.g. `{sample}`.': '{*meaning}，例如 `{sample}`。',
  'Where the channel\'s calls really go (its `apiBaseUrl`), "" when the channel has none.':
    '渠道的调用实际发往的地址（渠道的 `apiBaseUrl`）；渠道没有设置时为 ""。',
  'The user in whose name approvals are opened when SUBMITER_PHONE names nobody: a user id, "" when the channel has none.':
    '当 SUBMITER_PHONE 查不到人时，以该用户的名义发起审批：userId；渠道没有设置时为 ""。',
  'The company\'s id at the provider, "" when the channel has none.':
    '企业在审批应用中的 ID；渠道没有设置时为 ""。',
  [[
    'Calls the provider or a host that an admin allowed. At most 20 calls a run, 10 s and 1 MiB each way a call.',
    'Throws an error whose `code` is `EGRESS_DENIED`, `HTTP_ERROR` or `LIMIT_EXCEEDED`; a status of 400 or 500 does not throw.',
    "The error's `sent` tells whether the call had left: then it may have had its effect.",
  ].join('\n')]: [
    '调用审批应用或管理员允许的主机。每次运行最多 20 次调用，每次 10 秒，收发各 1 MiB。',
    '出错时抛出带有 `code` 的错误：`EGRESS_DENIED`、`HTTP_ERROR` 或 `LIMIT_EXCEEDED`；状态码 400 或 500 不会抛出错误。',
    '错误的 `sent` 表示调用是否已发出：如已发出，可能已经生效。',
  ].join('\n'),
  'Headers of a response; names are read in any case.': '应答头；读取时不区分名称的大小写。',
  'The answer to a call. Its body can be read once.': '调用的应答。正文只能读取一次。',
  'True for a status of 200 to 299.': '状态码为 200 至 299 时为 true。',
  'The address that answered, after redirects.': '重定向之后实际应答的地址。',
  'GET when absent.': '省略时为 GET。',
  'Objects are sent as text: `JSON.stringify(body)`.': '对象以文本发送：`JSON.stringify(body)`。',
  'Lines go into the log of the run: at most 500 lines and 64 KiB.': '写入运行日志：最多 500 行、64 KiB。',
  'What a hash is written in.': '散列值的书写格式。',
  'A new random id, e.g. `{id}`.': '新的随机 ID，例如 `{id}`。',
  'The hash of a text (as UTF-8) or of bytes. Answers at once, no `await` needed.':
    '文本（按 UTF-8）或字节的散列值。立即返回，无需 `await`。',
  'The keyed hash of a text (as UTF-8) or of bytes. Answers at once, no `await` needed.':
    '文本（按 UTF-8）或字节的带密钥散列值。立即返回，无需 `await`。',
  'Base64 to a string of bytes (each character one byte).': '将 Base64 转为字节字符串（每个字符一个字节）。',
  'A string of bytes (each character one byte) to base64.': '将字节字符串（每个字符一个字节）转为 Base64。',
  'Timers left behind when the script ends are cancelled.': '脚本结束时尚未触发的计时器会被取消。',
  'A JSON object with fastjson\'s methods. Its keys are also properties: `reqBody.deptId = 1` is `reqBody.put("deptId", 1)`.':
    '带有 fastjson 方法的 JSON 对象。键也是属性：`reqBody.deptId = 1` 等同于 `reqBody.put("deptId", 1)`。',
  'a map to copy, or JSON text': '要复制的 Map，或 JSON 文本',
  'a list to copy, or JSON text': '要复制的列表，或 JSON 文本',
  'Sets a value and answers the one it replaces, else null.': '设置值，返回被替换的旧值，没有则返回 null。',
  'Sets a value and answers this object, so that calls can be chained.': '设置值并返回此对象，便于连续调用。',
  'The value, null when there is none.': '值；没有则为 null。',
  'The value as text, null when there is none; objects and lists as their JSON.':
    '值的文本；没有则为 null；对象和列表返回其 JSON。',
  'The value as a whole number, 0 when there is none.': '值的整数形式；没有则为 0。',
  'The value as a whole number, null when there is none.': '值的整数形式；没有则为 null。',
  'The value as true or false, null when there is none.': '值的 true 或 false 形式；没有则为 null。',
  'Takes a key out and answers its value, else null.': '移除一个键并返回其值，没有则返回 null。',
  'JSON text without the keys whose value is null (JSON.stringify keeps them).':
    'JSON 文本，不含值为 null 的键（JSON.stringify 会保留它们）。',
  'JSON text without the keys whose value is null.': 'JSON 文本，不含值为 null 的键。',
  "A list: a real Array with Java's methods beside JavaScript's.":
    '列表：真正的 Array，兼有 Java 和 JavaScript 的方法。',
  'By index: answers what stood there. By value: answers whether it was there.':
    '按下标：返回原来的值。按值：返回是否存在。',
  "A JSON array with fastjson's methods.": '带有 fastjson 方法的 JSON 数组。',
  'Adds a value and answers this array, so that calls can be chained.': '添加值并返回此数组，便于连续调用。',
  'One pair of a map, also as `[key, value]`.': 'Map 中的一对，也可写作 `[key, value]`。',
  'A map that keeps its order.': '保持顺序的 Map。',
  "Java's format: {list} and argument indexes such as {example}.":
    'Java 的格式：{list}，以及参数序号，例如 {example}。',
  'Writes into the log of the run.': '写入运行日志。',
  'Seconds from now.': '从现在起的秒数。',
  "The provider's id of the approval that was opened.": '所发起审批在审批应用中的 ID。',
  'Null for an event that changes nothing.': '对于不引起变化的事件为 null。',
  'One field as the provider holds it.': '审批应用中保存的一个字段。',
  'One step that somebody took.': '某人执行的一步。',
  'One person who was asked, with the state of his or her answer.': '一名审批人及其处理状态。',
  "The channel's App ID (DingTalk: Client ID or appKey).": '渠道的 App ID（钉钉：Client ID 或 appKey）。',
  "The channel's App Secret. It never shows in a log, a trace or a result.":
    '渠道的 App Secret。不会出现在日志、调用记录或结果中。',
  'The token that the token stage fetched.': '“获取凭证”阶段取得的访问凭证。',
  'The approval form. Add one object a field: `{ name, value }`.':
    '审批表单。每个字段添加一个对象：`{ name, value }`。',
  "More for the provider's request (approvers, ccList, deptId, originator …), merged in as it is.":
    '审批应用请求的其他内容（approvers、ccList、deptId、originator …），原样合并。',
  'The id that the create stage returned.': '“发起审批”阶段返回的 ID。',
  'Why the task is taken back, "" when nobody said.': '撤回任务的原因；没有说明时为 ""。',
  'The decrypted event. Read it as `event.type` or as `event.getString("type")`.':
    '解密后的事件。可写 `event.type` 或 `event.getString("type")`。',
  "The provider's own word for the kind of event, e.g. `{type}`.":
    '审批应用中的事件类型原文，例如 `{type}`。',

  // DingTalk's client.
  'One field of the form. Values of any kind are sent as text, as DingTalk wants them.':
    '表单的一个字段。任何类型的值都会按钉钉的要求以文本发送。',
  'Must equal the title of the control in the template. A date range has two titles: `["Start", "End"]`.':
    '必须与模板中控件的标题一致。日期区间有两个标题：`["开始", "结束"]`。',
  'Lists and objects become JSON text; null and undefined become "".':
    '列表和对象会转为 JSON 文本；null 和 undefined 转为 ""。',
  "One step of an approval flow given by the script instead of the template's own flow.":
    '由脚本给出、代替模板流程的审批步骤之一。',
  'AND: all must agree; OR: the first decides. One person alone is always NONE.':
    'AND：会签，须全部同意；OR：或签，第一人决定。只有一人时总是 NONE。',
  'What `reqBody` may hold for the create stage. Keys not named here are sent as they are.':
    '“发起审批”阶段 `reqBody` 可包含的内容。此处未列出的键会原样发送。',
  'Who submits: a user id. `originator` is read as well.': '发起人：userId。也可写 `originator`。',
  "The originator's department; looked up when absent.": '发起人的部门；省略时自动查询。',
  "A user id, a list of them (one step, all must agree), or a list of steps. Replaces the template's flow.":
    '一个 userId、userId 列表（一步，须全部同意），或步骤列表。会代替模板的流程。',
  'Who gets a copy. DingTalk reads it only when `approvers` is given.':
    '抄送人。仅在给出 `approvers` 时有效。',
  'For steps whose approver the submitter chooses.': '用于由发起人自选审批人的步骤。',
  'One control of a template.': '模板中的一个控件。',
  [[
    'Why a call failed: `error.provider` of the errors that this client throws.',
    '`token`: the access token is not valid any more, or there is none. `throttled`: too many calls, the call was not carried out.',
    "`quota`: the month's calls are used up. `permission`: the app lacks a permission. `notFound`: no such instance or user.",
    '`tooEarly`: DingTalk revokes only 15 s after creation. `refused`: any other refusal.',
    '`unclear`: no clear answer came (`error.code` is then that of `fetch`, or `HTTP_ERROR`); a call that changes something may have',
    'been carried out, unless `error.sent` is false.',
  ].join('\n')]: [
    '调用失败的原因：此客户端抛出的错误的 `error.provider`。',
    '`token`：访问凭证已失效或没有凭证。`throttled`：调用过多，此次未执行。',
    '`quota`：本月调用次数已用完。`permission`：应用缺少权限。`notFound`：没有该审批或用户。',
    '`tooEarly`：钉钉要求发起 15 秒后才能撤销。`refused`：其他拒绝。',
    '`unclear`：没有明确应答（此时 `error.code` 与 `fetch` 的相同，或为 `HTTP_ERROR`）；会更改内容的调用可能已执行，除非 `error.sent` 为 false。',
  ].join('\n'),
  'HTTP status, 0 when no answer came.': 'HTTP 状态码；没有应答时为 0。',
  'DingTalk\'s own code, e.g. `formConverterError` or `60121`; "" when it gave none.':
    '钉钉的错误码，例如 `formConverterError` 或 `60121`；没有时为 ""。',
  "DingTalk's own words.": '钉钉的原话。',
  "Fetches an access token for `reqBody`'s appKey and appSecret, or the channel's when it has none.":
    '用 `reqBody` 中的 appKey 和 appSecret（没有则用渠道的）获取访问凭证。',
  'Opens one approval with the form. Called again without arguments it ends as the one before, which may be under way.':
    '用表单发起一个审批。不带参数再次调用时，与之前（可能仍在进行）的那次结果相同。',
  "Takes an approval back, in the system's name, or in the originator's when given.":
    '撤销审批：以系统名义，或在给出发起人时以发起人名义。',
  'Reads an event: the new status, or null when it changes nothing. Makes no call.':
    '解读事件：返回新状态，不引起变化时返回 null。不发出调用。',
  "Reads an approval's status, form, records and approvers. Names of at most 8 people are looked up.":
    '读取审批的状态、表单、记录和审批人。最多查询 8 人的姓名。',
  'Writes a comment under an approval.': '在审批下添加评论。',
  'The controls of a template.': '模板的控件。',
  'The user id that belongs to a mobile number.': '手机号对应的 userId。',
  "A user's details: name, dept_id_list, title, manager_userid … as DingTalk gives them.":
    '用户详情：name、dept_id_list、title、manager_userid …，与钉钉返回的一致。',
  'The details of an approval as DingTalk gives them. Beware: its times are China time with a false `Z`.':
    '钉钉返回的审批详情。注意：其中的时间是北京时间，却带有错误的 `Z`。',
  'Ids of approvals opened since `startTime` (a Date, epoch milliseconds or ISO text), 20 a call, all pages.':
    '自 `startTime`（Date、毫秒时间戳或 ISO 文本）以来发起的审批 ID，每次调用 20 个，读取全部页。',
  'Any call of the new API ({url}), e.g. `{example}`.': '调用任意新版 API（{url}），例如 `{example}`。',
  'Any call of the old API ({url}), e.g. `{example}`. Answers its `result`, or all of it when it has none.':
    '调用任意旧版 API（{url}），例如 `{example}`。返回其 `result`，没有则返回全部。',
  'What the call is for, in error messages: `DingTalk refused to <purpose>: …`.':
    '调用的用途，用于错误信息：`DingTalk refused to <purpose>: …`。',
  'The call changes nothing: it is tried again (after 1 s, then 2 s) when DingTalk says it is busy. True for GET.':
    '该调用不更改内容：钉钉繁忙时会（在 1 秒、2 秒后）重试。GET 默认为 true。',
  'Which of the names below each stage has; in another stage the name is a ReferenceError.':
    '各阶段可使用下列哪些名称；在其他阶段使用会抛出 ReferenceError。',
  'A read that is not tried again.': '不重试的读取。',
  "Given each answer of DingTalk's, whatever it says: for its headers.":
    '每收到一次钉钉应答都会调用（无论内容如何），用于读取响应头。',
  "DingTalk's calls, one method each, and the five stages as they are done when a script returns nothing.":
    '钉钉的各项调用（每项一个方法），以及脚本不返回内容时五个阶段的默认做法。',
};
