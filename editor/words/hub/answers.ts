import type { Sentences } from './translate.ts';

/** How the hub refuses a request, and what is wrong with a field of it (read behind the field's name). */
export const answers: Sentences = {
  'There is no {*what} "{id}".': '没有{*what}“{id}”。',
  user: '用户',
  token: '令牌',
  task: '任务',
  event: '事件',
  execution: '执行记录',
  mapping: '映射',
  version: '版本',
  channel: '渠道',
  binding: '绑定',

  // Who may do what.
  'Sign in, or send the header Authorization: Bearer <token>.':
    '请登录，或在请求头中携带 Authorization: Bearer <token>。',
  'The token is not known, or was revoked. Send Authorization: Bearer <token> with one that is.':
    '令牌不存在或已被吊销。请使用有效的令牌：Authorization: Bearer <token>。',
  'This needs the role {needed}; {name} is {role}.': '此操作需要 {needed} 角色；{name} 的角色是 {role}。',
  'The session has just ended.': '会话刚刚结束，请重新登录。',
  'Only who is signed in as a user has a password to change.': '只有以用户身份登录才有可修改的密码。',
  'Send the csrfToken of GET /api/v1/session as the header x-csrf-token.':
    '请将 GET /api/v1/session 返回的 csrfToken 作为请求头 x-csrf-token 发送。',
  'This was sent by a page of another site.': '该请求由其他网站的页面发出，已拒绝。',
  'This was sent by a page of {origin}. Set PUBLIC_URL if that is where people find this server.':
    '该请求由 {origin} 的页面发出。如果用户就是通过该地址访问本服务，请设置 PUBLIC_URL。',
  'Too many wrong passwords. Wait, or ask an admin for a sign-in link.':
    '密码错误次数过多。请稍后再试，或请管理员提供登录链接。',
  'The name or the password is wrong.': '用户名或密码错误。',
  'This account may not sign in now. Ask an admin.': '该账号目前不能登录，请联系管理员。',
  'This link was used already, was replaced by a newer one, or is older than 24 hours. Ask an admin for a new one.':
    '该链接已被使用、已被更新的链接取代，或已超过 24 小时。请向管理员索取新的链接。',
  'The password was changed meanwhile. Sign in again.': '密码在此期间已被修改，请重新登录。',
  'is not your password.': '不是您的当前密码。',
  'There is a user named "{name}" already.': '已有名为“{name}”的用户。',
  'is taken': '已被使用',
  '{name} is the last admin. Make somebody else admin first.':
    '{name} 是最后一名管理员，请先将他人设为管理员。',
  '{name} is disabled. Enable the user first.': '{name} 已被停用，请先启用该用户。',

  // The request itself.
  'What this is about was deleted at this very moment. Look again.': '所涉对象恰好在此刻被删除，请重新查看。',
  'There is nothing at {path}.': '{path} 处没有任何内容。',
  '{method} does not work here; {allowed} would.': '此处不支持 {method}，可用：{allowed}。',
  'A JSON body must be sent.': '必须发送 JSON 正文。',
  'The body must be JSON in UTF-8: send it with the header Content-Type: application/json.':
    '正文必须是 UTF-8 编码的 JSON，并带有请求头 Content-Type: application/json。',
  'The body must come as it is, without Content-Encoding.': '正文不得压缩，请去掉 Content-Encoding。',
  'The body must not be larger than {limit}.': '正文不得大于 {limit}。',
  'The body must not have a key named __proto__.': '正文中不得有名为 __proto__ 的键。',
  'The body is not valid JSON: {*expected} was expected at line {line}, column {column}.':
    '正文不是有效的 JSON：第 {line} 行第 {column} 列应为{*expected}。',
  'a value': '一个值',
  'a value or ]': '一个值或 ]',
  'a key in double quotes or }': '双引号中的键或 }',
  'a key in double quotes': '双引号中的键',
  'a colon': '冒号',
  'a comma or ]': '逗号或 ]',
  'a comma or }': '逗号或 }',
  'the end': '结尾',
  'The body did not arrive whole.': '正文没有完整到达，请重试。',
  'The database cannot be reached. Try again in a moment.': '无法连接数据库，请稍后再试。',
  'Something went wrong on our side. The log has it under this requestId.':
    '服务端出错，可在日志中按此请求 ID 查找原因。',
  'Too many events wait for the database.': '等待写入数据库的事件过多。',

  // Tasks.
  'The task "{id}" is {*status}: only a failed one can be retried.':
    '任务“{id}”的状态是{*status}：只有失败的任务才能重试。',
  'The task "{id}" failed: there is nothing to revoke. If its approval may stand at the provider, revoke it there.':
    '任务“{id}”已失败，没有可撤销的内容。如果审批应用中可能存在它的审批，请在那里撤销。',
  'The task "{id}" is {*status} already: it cannot be revoked any more.':
    '任务“{id}”的状态已是{*status}，不能再撤销。',
  'The task "{id}" was being deleted: submit it again.': '任务“{id}”正在被删除，请重新提交。',
  'No approval of the task "{id}" is known at the provider; it is {*status}.':
    '尚不知道任务“{id}”在审批应用中的审批；其状态是{*status}。',
  'The channel of this task is paused: resume it before asking the provider.':
    '该任务的渠道已暂停：请先恢复渠道，再向审批应用查询。',
  submitted: '已提交',
  pending: '审批中',
  approved: '已通过',
  rejected: '已拒绝',
  revoked: '已撤销',
  failed: '失败',
  'must be left out or equal {value}, which the task says itself.':
    '应省略，或等于 {value}（任务本身已说明）。',
  'must be left out or equal "{id}", the definition of the mapping.':
    '应省略，或等于映射的审批表单 ID“{id}”。',
  'No mapping is bound to the task type {kind}. Bind one: PUT /api/v1/bindings {body}, with the id of a published mapping.':
    '任务类型 {kind} 没有绑定映射。请在“绑定”页为它选择一个已发布的映射，或调用 PUT /api/v1/bindings {body}。',
  'The mapping "{name}" is bound to this task type but was never published: POST /api/v1/mappings/{id}/publish.':
    '此任务类型绑定的映射“{name}”从未发布，请先发布它（POST /api/v1/mappings/{id}/publish）。',
  'There is a task "{id}" already, with another {what}. Submit it unchanged, or under a new taskId.':
    '已有任务“{id}”，但 {what} 不同。请原样提交，或使用新的 taskId。',
  'differs from the task that was submitted under this id.': '与以此 ID 提交的任务不同。',

  // Events.
  'This event is of an approval that is not ours; its payload was not kept, so there is nothing to replay.':
    '该事件不属于本系统的审批，其内容没有保存，无法重放。',
  'This event speaks of no approval, so no callback script runs for it.':
    '该事件不涉及任何审批，不会运行回调脚本。',
  'This event is of an approval that a test opened; tests touch no task, so no callback script runs for it. Its payload can be given to a test of the callback stage.':
    '该事件属于试运行发起的审批；试运行不影响任务，因此不会运行回调脚本。其内容可用于试运行“回调通知”阶段。',

  // Channels.
  'The channel "{name}" has {count} open tasks, whose approvals are known at its present app and address only: let them end, or make another channel and bind new tasks to its mapping.':
    '渠道“{name}”有 {count} 个未结束的任务，其审批只存在于当前的应用和地址中：请等它们结束，或另建渠道并将新任务绑定到其映射。',
  'cannot change while tasks are open': '有未结束的任务时不能更改',
  'There is a channel called "{name}" already: choose another name.':
    '已有名为“{name}”的渠道，请换一个名称。',
  'Channel "{name}" cannot be deleted: {*why}.': '渠道“{name}”不能删除：{*why}。',
  'Channel "{name}" cannot be deleted: {*one}; {*other}.': '渠道“{name}”不能删除：{*one}；{*other}。',
  'the mappings {names} are of this channel: delete them first': '映射 {names} 属于该渠道，请先删除它们',
  'the mappings {names} and {count} more are of this channel: delete them first':
    '映射 {names} 等另外 {count} 个属于该渠道，请先删除它们',
  '{count} open tasks wait for it: let them end, or revoke them':
    '有 {count} 个未结束的任务，请等它们结束，或将其撤销',
  'is no setting of a {provider} channel: leave it out': '不是{provider}渠道的设置，请去掉',
  'is required. {*what}: {*help}': '必须填写。',
  'is a secret as it is shown: give the secret itself': '是遮盖后的密钥，请填写密钥本身',
  'is this server itself: only its simulator, {path}, may stand here':
    '是本服务自身的地址，此处只能填写其模拟器 {path}',
  'is wrong. {*why}': '不正确。{*why}',
  'Allowed host "{text}": {*why}. Write a host ("api.example.com") or a host and port ("127.0.0.1:8080")':
    '允许的主机“{text}”：{*why}。请填写主机（"api.example.com"）或主机和端口（"127.0.0.1:8080"）',
  'wildcards are not possible': '不支持通配符',
  'it is more than a host': '内容不只是主机',
  'a port is 1 to 65535': '端口应为 1 至 65535',
  'it is not a host': '不是主机',
  'API base URL "{text}": write http:// or https://, a host and at most a path':
    'API 地址“{text}”：请填写 http:// 或 https://、主机，最多再加路径',
  'API base URL "{text}" is this server itself: add the simulator\'s path, such as /simulator/<provider>':
    'API 地址“{text}”是本服务自身：请加上模拟器的路径，例如 /simulator/<provider>',

  // Mappings.
  'Bindings of {types} name "{name}": delete or change them first.':
    '{types} 的绑定使用“{name}”，请先删除或更改这些绑定。',
  '{count} open tasks stand on "{name}": wait until they are decided, or revoke them.':
    '有 {count} 个未结束的任务使用“{name}”：请等它们有结论，或将其撤销。',
  '{count} finished tasks were approved by "{name}" and are still kept with their history: it can be deleted when they are gone (RETENTION_DAYS).':
    '“{name}”审批过的 {count} 个任务及其历史仍在保留期内，到期清除后才能删除它（RETENTION_DAYS）。',
  'The channel "{name}" is of type {type}, and the scripts of "{original}" speak to {other}: choose a channel of that type.':
    '渠道“{name}”的类型是 {type}，而“{original}”的脚本面向 {other}：请选择该类型的渠道。',
  'is the name of another mapping of this channel: choose another one than "{name}".':
    '与该渠道的另一个映射同名，请使用“{name}”以外的名称。',
  'name is the name of another mapping of this channel: choose another one than "{name}".':
    '该渠道已有名为“{name}”的映射，请换一个名称。',
  '{who} saved the {stage} stage since you read it: merge your text with theirs, and save with their etag.':
    '您读取之后，{who} 保存了“{stage}”阶段：请将您的内容与其合并后再保存。',
  'The provider described no form.': '审批应用没有返回表单。',
  'The provider was asked for this form a moment ago, in vain. An editor can have it asked again.':
    '刚才向审批应用查询此表单没有成功。有编辑权限的用户可以重新查询。',
  'refresh asks the provider and is for editors: read the kept form without it.':
    'refresh 会向审批应用查询，仅限有编辑权限的用户；去掉它即可读取已保存的表单。',
  'The {stage} stage cannot be read (line {line}, column {column}): {*why}, and {count} more, see errors':
    '“{stage}”阶段有语法错误（第 {line} 行第 {column} 列）：{*why}，另有 {count} 处，见下方列表',
  'The {stage} stage cannot be read (line {line}, column {column}): {*why}':
    '“{stage}”阶段有语法错误（第 {line} 行第 {column} 列）：{*why}',
  'line {line}, column {column}: {*why}': '第 {line} 行第 {column} 列：{*why}',
  'names no mapping: there is no "{id}".': '指向的映射“{id}”不存在。',
  'names no channel: there is no "{id}".': '指向的渠道“{id}”不存在。',
  'must be given for the callback stage: the decrypted payload of one event.':
    '在“回调通知”阶段必须给出：一个事件解密后的内容。',
  'is for the callback stage, not for {stage}: leave it out.': '只用于“回调通知”阶段，“{stage}”阶段请去掉。',
  'is no variable.': '不是变量。',
  'The provider has not answered yet: ask again in a moment.': '审批应用尚未应答，请稍后再试。',
  'is no variable. Did you mean {name}?': '不是变量。是否应为 {name}？',
  'must be text: put it in quotes.': '必须是文本，请加上引号。',
  'is the mapping\'s approval definition, "{id}": leave it out.': '就是映射的审批表单 ID“{id}”，请去掉。',
  'is no limit. Limits: {list}.': '不是限制项。可用的限制项：{list}。',
  '"{name}" is not published: tasks of this type are refused until it is.':
    '“{name}”尚未发布：发布之前，此类任务会被拒绝。',
  'The channel "{name}" is paused: tasks wait until it is resumed.':
    '渠道“{name}”已暂停：任务将等待到恢复为止。',
};
