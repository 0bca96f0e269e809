import type { Sentences } from './translate.ts';

const UNKNOWN = 'It is not known whether the approval was opened:';
const LOOK =
  'Look at the provider, then retry the task: an approval of this content that is found then is taken over.';
const UNKNOWN_ZH = '不确定审批是否已发起：';
const LOOK_ZH = '请先查看审批应用，再重试任务：届时找到的内容相同的审批会被采用。';

/** What became of a task's approval: the reasons of tasks, the lines of their story, and what a channel's check says. */
export const approvals: Sentences = {
  'The provider now says that the approval is {*status}; the task stays {*before}, as it said before.':
    '审批应用现在称该审批{*status}；任务保持之前告知的状态：{*before}。',
  'An earlier approval of this task, believed gone, is {*status} at the provider.':
    '此任务更早的一个审批曾被认为不存在，而它在审批应用中的状态是{*status}。',
  'Another task, or a test run, of the same content is being opened; whose approval the provider has is seen when that is done.':
    '另一个内容相同的任务或试运行正在发起审批；待其完成后即可确定审批应用中的审批属于哪个任务。',
  'The approval that was found has become that of another task of the same content meanwhile.':
    '找到的审批在此期间已归属于另一个内容相同的任务。',
  'The approval had not been opened yet.': '审批当时尚未发起。',
  'The provider does not have the approval {id} any more: it was deleted there.':
    '审批应用中已没有审批 {id}：它在那里被删除了。',
  'The provider could not be searched.': '无法在审批应用中查找。',
  'The provider does not list what was sent before, and may be late: it is searched once more before anything is sent.':
    '审批应用的列表中没有之前发出的审批，可能尚未更新：再次查找之后才会发送。',
  'The provider could not be searched; the log of the server says why.':
    '无法在审批应用中查找，原因见服务端日志。',
  'The approval is being opened by another attempt, or was revoked.':
    '该审批正由另一次尝试发起，或已被撤销。',
  'Too much time passed between noting the call and sending it.':
    '从登记调用到发出之间间隔过长，因此没有发出。',
  'The create stage named no approvalInstanceId that could be kept.':
    '“发起审批”阶段没有给出可以保存的 approvalInstanceId。',
  '{*why} It had already sent {calls}: look at what came of that before trying again.':
    '{*why}此前已发出 {calls}：重试之前请先确认其结果。',
  'The provider gave no clear answer to the call that opens the approval.':
    '对于发起审批的调用，审批应用没有明确应答。',
  'The provider refused to open the approval ({code}).': '审批应用拒绝发起审批（{code}）。',
  'The provider refused to open the approval: {message} ({code}).':
    '审批应用拒绝发起审批：{message}（{code}）。',
  'The create script failed after the approval was opened: {*why}': '审批发起后“发起审批”脚本失败：{*why}',
  'The create script returned the approval {claimed}, but the provider opened {id}.':
    '“发起审批”脚本返回的审批是 {claimed}，但审批应用发起的是 {id}。',
  'The provider opened {id} for this task too; the task goes with {kept}. Revoke the other one there.':
    '审批应用还为此任务发起了 {id}；任务以 {kept} 为准。请在审批应用中撤销另一个。',
  'The create stage named the approval {id}, which belongs to {*whose} already.':
    '“发起审批”阶段给出的审批 {id} 已属于{*whose}。',
  'a test run': '一次试运行',
  'another one': '另一个任务',
  'the task "{id}"': '任务“{id}”',
  'The create stage could not be run.': '无法运行“发起审批”阶段。',
  'The create stage could not be run; the log of the server says why.':
    '无法运行“发起审批”阶段，原因见服务端日志。',
  [`${UNKNOWN} the call could not be read, so the provider cannot be searched for it. Retrying opens another one; revoke the first at the provider if it stands.`]: `${UNKNOWN_ZH}该次调用无法解读，因此不能在审批应用中查找。重试会发起另一个审批；如果前一个存在，请在审批应用中撤销。`,
  [`${UNKNOWN} the channel was moved to another app or address meanwhile, where it cannot be searched for. Set the channel back and retry the task; or look at the provider where it was, and submit a new task.`]: `${UNKNOWN_ZH}渠道在此期间改用了其他应用或地址，无法在那里查找。请将渠道改回后重试任务；或在原来的审批应用中确认后，提交新的任务。`,
  'It is not known which approval was opened: the provider has several of this very content ({ids}). Revoke those that are too many, then retry the task.':
    '不确定发起的是哪个审批：审批应用中有多个内容完全相同的审批（{ids}）。请撤销多余的，再重试任务。',
  [`${UNKNOWN} the provider has {ids}, whose fields differ in their spelling only. Revoke it at the provider if it is this task's, then retry the task.`]: `${UNKNOWN_ZH}审批应用中的 {ids} 只在字段写法上不同。如果它属于此任务，请在审批应用中撤销，再重试任务。`,
  [`${UNKNOWN} the provider's listing gave no answer that could be relied on. ${LOOK}`]: `${UNKNOWN_ZH}审批应用的列表没有给出可靠的结果。${LOOK_ZH}`,
  [`${UNKNOWN} the provider has {ids} of this very content, which may be another task's. ${LOOK}`]: `${UNKNOWN_ZH}审批应用中的 {ids} 内容完全相同，但可能属于另一个任务。${LOOK_ZH}`,
  [`${UNKNOWN} the provider has {ids} of this very content, and a test run of the same values got no clear answer either. Revoke what is the test's, then retry the task: what is left is taken over.`]: `${UNKNOWN_ZH}审批应用中的 {ids} 内容完全相同，而一次取值相同的试运行同样没有得到明确应答。请撤销试运行发起的审批，再重试任务：剩下的会被采用。`,
  [`${LOOK} The last search failed: {*why}`]: `${LOOK_ZH}最近一次查找失败：{*why}`,
  'The last search failed: {*why}': '最近一次查找失败：{*why}',
  'The provider has no approval of this content: the call is sent once more.':
    '审批应用中没有此内容的审批：将再次发出调用。',
  'The provider gave no clear answer, and opened no approval.': '审批应用没有明确应答，也没有发起审批。',
  'The provider could not be asked: {*why}': '无法向审批应用查询：{*why}',
  'The provider does not show yet what it told.': '审批应用尚未显示它通知的内容。',
  'A callback said that the approval is {*status}; asked, the provider says that it is pending.':
    '回调称该审批{*status}；查询时审批应用称其仍在审批中。',
  'SCRIPT_RESULT: the event is about {id}, but the callback script answered for {other}.':
    'SCRIPT_RESULT：事件涉及 {id}，但回调脚本返回的是 {other}。',

  // What a test of the create stage left behind.
  "The approval {id} was opened all the same. It is recorded as this test's: take it back at the provider.":
    '审批 {id} 仍然发起成功，已登记为本次试运行的审批：请在审批应用中撤销。',
  "The approval {id} is recorded already, so it is not this test's.":
    '审批 {id} 已有登记，不属于本次试运行。',
  'The approval {id} was opened, and the mapping was deleted meanwhile: take it back at the provider.':
    '审批 {id} 已发起，而映射在此期间被删除：请在审批应用中撤销。',
  'The create call left, and no clear answer came: an approval may have been opened. Look at the provider.':
    '发起审批的调用已发出，但没有得到明确应答：审批可能已经发起。请在审批应用中确认。',

  // Checking a channel.
  'All that is required is set. Calls go to {hosts}.': '必填项均已设置。调用发往 {hosts}。',
  'The default token stage brought no token.': '默认的“获取凭证”脚本没有取得凭证。',
  'An access token was fetched in {ms} ms.': '已取得访问凭证，用时 {ms} 毫秒。',
  'The provider gave no clear answer.': '审批应用没有明确应答。',
  "This server's clock and the provider's are {seconds} s apart.":
    '本服务与审批应用的时钟相差 {seconds} 秒。',
  "This server's clock is {seconds} s ahead of the provider's: let it be set by NTP.":
    '本服务的时钟比审批应用快 {seconds} 秒：请用 NTP 校时。',
  "This server's clock is {seconds} s behind the provider's: let it be set by NTP.":
    '本服务的时钟比审批应用慢 {seconds} 秒：请用 NTP 校时。',
  'The channel is paused, and its connection closed: resume it to have events come.':
    '该渠道已暂停，长连接已断开：恢复后才能收到事件。',
  'The connection stands since {time}; {*last}. Which events come is chosen at the provider.':
    '长连接自 {time} 起保持；{*last}。接收哪些事件由审批应用中的设置决定。',
  'no event has come yet': '尚未收到事件',
  'the last event came at {time}': '最近一次事件于 {time}',
  'The connection does not stand: {*why} It is tried again at {time}.':
    '长连接未建立：{*why}将于 {time} 再次尝试。',
  'The connection is still being made: this server must be able to reach the provider. Verify again in a moment.':
    '正在建立长连接：本服务必须能访问审批应用。请稍后重新验证。',
  'The provider named no place to connect to.': '审批应用没有给出可连接的地址。',
  'The provider named a place that is no WebSocket address.': '审批应用给出的地址不是 WebSocket 地址。',
  '{host} could not be connected to: {why}.': '无法连接到 {host}：{why}。',
  'Nothing came for {seconds} s.': '{seconds} 秒内没有收到任何数据。',
  'The provider closed it ({code}).': '审批应用关闭了连接（{code}）。',
  'Pushes are refused: set {keys}, as the provider shows them.':
    '推送会被拒绝：请按审批应用中显示的内容设置 {keys}。',
  'The provider cannot reach {url}: set PUBLIC_URL to the address by which the internet reaches this server.':
    '审批应用无法访问 {url}：请将 PUBLIC_URL 设置为可从公网访问本服务的地址。',
  '{url}: the last push came at {time}.': '{url}：最近一次推送于 {time}。',
  '{url} {*trouble}. Check PUBLIC_URL, its name in DNS, and the proxy before this server.':
    '{url} {*trouble}。请检查 PUBLIC_URL、其域名解析以及本服务之前的代理。',
  'no push has come yet': '尚未收到推送',
  'the last push came at {time}': '最近一次推送于 {time}',
  '{url} answers; {*last}. Saving it at the provider sends a first one.':
    '{url} 可以访问；{*last}。在审批应用中保存该地址时会发送第一次推送。',
  'answers {status}': '返回 {status}',
  'redirects ({status}), which providers do not follow': '返回重定向（{status}），审批应用不会跟随',
  'does not answer within {seconds} s': '在 {seconds} 秒内没有应答',
  'cannot be reached from this server ({why})': '无法从本服务访问（{why}）',
};
