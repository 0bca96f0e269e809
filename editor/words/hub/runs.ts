import type { Sentences } from './translate.ts';

/** How a run of a script fails: its limits, its HTTP calls, and what V8 and the helpers in scope say. */
export const runs: Sentences = {
  // What V8 says.
  'TypeError: {*why}': 'TypeError: {*why}',
  'ReferenceError: {*why}': 'ReferenceError: {*why}',
  'RangeError: {*why}': 'RangeError: {*why}',
  'SyntaxError: {*why}': 'SyntaxError: {*why}',
  'Error: {*why}': 'Error: {*why}',
  'SCRIPT_RESULT: {*why}': 'SCRIPT_RESULT: {*why}',
  '{name} is not a function': '{name} 不是函数',
  '{name} is not iterable': '{name} 不可遍历',
  '{name} is not a constructor': '{name} 不是构造函数',
  'Assignment to constant variable.': '不能给常量赋值。',
  "Cannot access '{name}' before initialization": '不能在“{name}”初始化之前使用它',
  "Cannot read properties of {what} (reading '{name}')": '不能读取 {what} 的属性（“{name}”）',
  "Cannot set properties of {what} (setting '{name}')": '不能设置 {what} 的属性（“{name}”）',
  "Cannot assign to read only property '{name}' of object '{object}'":
    '不能给对象“{object}”的只读属性“{name}”赋值',
  'Maximum call stack size exceeded': '调用层数过多，超过上限',
  'Invalid array length': '数组长度无效',
  'Unexpected token {token} in JSON at position {at}': 'JSON 的第 {at} 个字符处不应出现 {token}',
  'Unexpected end of JSON input': 'JSON 不完整',
  'length is a property in JavaScript: write .length without ().':
    'length 在 JavaScript 中是属性：请写 .length，不带 ()。',
  'To compare, write ===; a name that changes is declared by let, not by const or final.':
    '如要比较，请写 ===；会变化的名称应使用 let 声明，而不是 const 或 final。',
  '{name} cannot be assigned to: to compare, write ===; to change it, copy it to a name of your own.':
    '不能给 {name} 赋值：如要比较，请写 ===；如要更改，请先复制到自己的变量。',
  'A promise was rejected and nobody awaited it: {name}: {*why}':
    '有一个 Promise 被拒绝且没有被 await：{name}：{*why}',
  'The script awaits a promise that nothing can settle any more: no HTTP call and no timer is under way.':
    '脚本等待的 Promise 不可能再有结果：没有进行中的 HTTP 调用或计时器。',
  'Thrown: {message}': '抛出：{message}',

  // Limits.
  'The script took longer than its limit of {ms} ms in all; it was still running.':
    '脚本超过了 {ms} 毫秒的总时限，当时仍在运行。',
  'The script took longer than its limit of {ms} ms in all; it was still waiting for an HTTP call or a timer.':
    '脚本超过了 {ms} 毫秒的总时限，当时仍在等待 HTTP 调用或计时器。',
  'The script ran for {ms} ms without pausing, which is its limit of CPU time between two awaits.':
    '脚本连续运行了 {ms} 毫秒，达到两次 await 之间的 CPU 时限。',
  'The script used more than its limit of {count} MiB of memory. What it logged since its last await is lost.':
    '脚本使用的内存超过了 {count} MiB 的上限。最近一次 await 之后的日志已丢失。',
  'The script used more than its limit of {count} MiB of memory.':
    '脚本使用的内存超过了 {count} MiB 的上限。',
  'The log was cut: it had reached its limit of lines or bytes.': '日志已截断：达到了行数或字节数上限。',
  'The script ended without waiting for {*things}: cancelled. Use await.':
    '脚本结束时没有等待{*things}：已取消。请使用 await。',
  '1 HTTP call': ' 1 次 HTTP 调用',
  '{count} HTTP calls': ' {count} 次 HTTP 调用',
  '1 timer': ' 1 个计时器',
  '{count} timers': ' {count} 个计时器',
  '{*calls} and {count} timers': '{*calls}和 {count} 个计时器',
  '{*calls} and 1 timer': '{*calls}和 1 个计时器',
  'The script has {count} bytes; its limit is {most}: make it shorter.':
    '脚本有 {count} 字节，上限为 {most}：请缩短。',
  'The result is larger than {count} bytes: return only what the stage must.':
    '返回值超过 {count} 字节：请只返回该阶段必须的内容。',
  'The result cannot be written as JSON: {why}': '返回值无法写成 JSON：{why}',
  'The result cannot be written as JSON: it is {value}': '返回值无法写成 JSON：它是 {value}',
  '{count} runs are waiting already; try again in a moment.': '已有 {count} 次运行在等待，请稍后再试。',
  'The process in which the script ran was ended, and nobody knows by whose doing. It had already sent {calls}, so it was not run again.':
    '运行脚本的进程已终止，原因不明。此前已发出 {calls}，因此没有再次运行。',
  "The process in which the script ran was ended, not by this script's doing. It had already sent {calls}, so it was not run again.":
    '运行脚本的进程已终止，并非此脚本所致。此前已发出 {calls}，因此没有再次运行。',
  'The sandbox is being stopped; try again when the server runs again.':
    '沙箱正在停止，请在服务恢复运行后重试。',
  'The run was cancelled.': '运行已取消。',
  'The script could not be stopped at its limit ({cpu} ms between two awaits, {wall} ms in all) and was ended with its process.':
    '脚本达到上限（两次 await 之间 {cpu} 毫秒，总共 {wall} 毫秒）后无法停止，已随其进程一起终止。',
  'The script made the process it ran in crash ({detail}).': '脚本导致其运行进程崩溃（{detail}）。',
  'The sandbox failed at this script: {why}': '沙箱运行此脚本时出错：{why}',
  'More than {count} timers at once: await some before setting more':
    '同时有超过 {count} 个计时器：请先 await 其中一些',
  '{name} must be a whole number from {least} to {most}, not {value}.':
    '{name} 必须是 {least} 至 {most} 的整数，而不是 {value}。',

  // HTTP calls.
  'A question changes nothing: {call} stays here.': '查询不会更改任何内容：{call} 没有发出。',
  'The question was not answered with an object.': '查询没有得到对象形式的应答。',
  'The script made more than {count} HTTP calls: make fewer in one run.':
    '脚本的 HTTP 调用超过 {count} 次：请减少一次运行中的调用。',
  'The call to {host} timed out after {time}.': '对 {host} 的调用在 {time} 后超时。',
  'The run is over: its calls are cut off.': '运行已结束，其调用已中断。',
  'The run ended before the call did.': '运行在调用完成之前结束。',
  'The call to {host} was not sent: that it was about to leave could not be noted.':
    '对 {host} 的调用没有发出：无法登记即将发出的调用。',
  '{host} redirects more than {count} times: call the address it leads to.':
    '{host} 重定向超过 {count} 次：请直接调用最终地址。',
  '{host} redirects to "{url}", which is not a URL.': '{host} 重定向到“{url}”，它不是 URL。',
  '{host} redirects from https: to {url} without encryption.': '{host} 从 https: 重定向到未加密的 {url}。',
  'The reply is encoded as "{coding}", which is not one of {list}.':
    '应答的编码“{coding}”不是以下之一：{list}。',
  'The reply is larger than {count} bytes: ask for less at once.':
    '应答超过 {count} 字节：请减少一次请求的内容。',
  'The reply says it is {coding} and is not, or it was cut short.':
    '应答声明为 {coding} 但并不是，或没有完整到达。',
  'The reply has more than {count} headers: ask for less, or another address.':
    '应答的头超过 {count} 个：请减少请求内容或换一个地址。',
  'The headers of the reply are larger than a script may receive: ask for less, or another address.':
    '应答的头超过脚本可接收的大小：请减少请求内容或换一个地址。',
  '{host} ended the reply before it began.': '{host} 在应答开始之前就结束了。',
  'A second {call} is refused: one run may create one approval, and a create of this run has been sent already.':
    '第二次 {call} 被拒绝：一次运行只能发起一个审批，而本次运行已发出过。',
  '{host} refused the connection: nothing listens there ({code}).':
    '{host} 拒绝连接：该处没有服务在监听（{code}）。',
  '{host} cut the connection before the reply was complete ({code}).':
    '{host} 在应答完成之前断开了连接（{code}）。',
  '{host} closed the connection before the reply was complete ({code}).':
    '{host} 在应答完成之前关闭了连接（{code}）。',
  '{host} sent another length than its content-length promised ({code}).':
    '{host} 发送的长度与 content-length 不符（{code}）。',
  '{host} did not answer the connection in time ({code}).': '{host} 没有及时响应连接（{code}）。',
  'The name of {host} is unknown: check its spelling, or the DNS of the server ({code}).':
    '找不到域名 {host}：请检查拼写或服务器的 DNS（{code}）。',
  'The name of {host} cannot be resolved: DNS does not answer ({code}).':
    '无法解析域名 {host}：DNS 没有应答（{code}）。',
  'The name of {host} has no address ({code}).': '域名 {host} 没有地址（{code}）。',
  '{host} has no address.': '{host} 没有地址。',
  '{host} cannot be reached from this network ({code}).': '无法从此网络访问 {host}（{code}）。',
  'The TLS certificate of {host} is for another host ({code}).': '{host} 的 TLS 证书属于其他主机（{code}）。',
  'The TLS certificate of {host} has expired ({code}).': '{host} 的 TLS 证书已过期（{code}）。',
  'The TLS certificate of {host} is signed by itself, so it is not trusted ({code}).':
    '{host} 的 TLS 证书为自签名，不受信任（{code}）。',
  'The TLS certificate of {host} comes from an authority that is not trusted ({code}).':
    '{host} 的 TLS 证书由不受信任的机构签发（{code}）。',
  '{host} did not answer in HTTP ({code}).': '{host} 的应答不是 HTTP（{code}）。',
  'No TLS connection to {host} could be made ({code}).': '无法与 {host} 建立 TLS 连接（{code}）。',
  'The call to {host} failed ({code}).': '对 {host} 的调用失败（{code}）。',
  'The call to {host} failed.': '对 {host} 的调用失败。',
  "{host} (sent to the channel's API base URL, {target})": '{host}（发往渠道的 API 地址 {target}）',
  '{name} is not a header name.': '{name} 不是有效的请求头名称。',
  'The header "{name}" is not for scripts to set: leave it out.': '请求头“{name}”不能由脚本设置：请去掉。',
  'The header "{name}" holds a character that HTTP headers cannot carry: encode its value.':
    '请求头“{name}”含有 HTTP 头不能携带的字符：请对其值编码。',
  'The method must be one of {list}, not {method}.': '方法必须是 {list} 之一，而不是 {method}。',
  'The URL is longer than {count} bytes: send long values in the body.':
    'URL 超过 {count} 字节：请将长内容放入正文。',
  'A {method} call cannot have a body.': '{method} 调用不能带正文。',
  'The call has {count} headers, more than {most}: send fewer.':
    '调用有 {count} 个请求头，超过 {most} 个：请减少。',
  'The URL and headers of the call are more than {count} bytes: send long values in the body.':
    '调用的 URL 和请求头超过 {count} 字节：请将长内容放入正文。',
  'The body of the call is {count} bytes, more than {most}: send less at once.':
    '调用的正文有 {count} 字节，超过 {most}：请减少一次发送的内容。',
  'Too large to send: {call} has more than {count} bytes of {*what}. Send less at once.':
    '内容过大，无法发送：{call} 的{*what}超过 {count} 字节。请减少一次发送的内容。',
  'address and headers': '地址和请求头',
  body: '正文',
  'The recording has no answer to {call}. Left in it: {rest} and {count} more.':
    '录制内容中没有 {call} 的应答。其中还有：{rest} 等另外 {count} 个。',
  'The recording has no answer to {call}. Left in it: nothing.':
    '录制内容中没有 {call} 的应答，且已全部用完。',
  'The recording has no answer to {call}. Left in it: {rest}.':
    '录制内容中没有 {call} 的应答。其中还有：{rest}。',
  '{host} is {*kind} address.': '{host} 是{*kind}地址。',
  '{host} resolves to {*kind} address.': '{host} 解析到{*kind}地址。',
  'a public': '公网',
  'a private': '内网',
  'a loopback': '回环',
  'a link-local': '链路本地',
  'a reserved': '保留',
  'Only an allowed host with its port, "{host}", would let scripts call it.':
    '只有将“{host}”（含端口）加入允许的主机，脚本才能调用它。',
  '"{text}" is not a whole URL: write https://host/path.': '“{text}”不是完整的 URL：请写 https://主机/路径。',
  '{protocol} URLs cannot be called, only https: and http:.':
    '不能调用 {protocol} 地址，只支持 https: 和 http:。',
  'A URL must not carry a user name or password: send an Authorization header to {host}.':
    'URL 中不能带用户名或密码：请向 {host} 发送 Authorization 请求头。',
  "The path {path} could lead out of the channel's API base URL.":
    '路径 {path} 可能超出渠道的 API 地址范围。',
  "{url} is refused: a simulator's _control is not for scripts.":
    '{url} 被拒绝：脚本不能使用模拟器的 _control。',
  '{url} is refused: scripts cannot call this server itself.': '{url} 被拒绝：脚本不能调用本服务自身。',
  "{url} is outside the path of the channel's API base URL.": '{url} 不在渠道的 API 地址路径之内。',
  '{host} is not a host this script may call ({list} allowed). An admin can add "{entry}" to the channel\'s allowed hosts.':
    '此脚本不能调用主机 {host}（允许的主机：{list}）。管理员可将“{entry}”加入渠道允许的主机。',
  '{host} is not a host this script may call (none is allowed). An admin can add "{entry}" to the channel\'s allowed hosts.':
    '此脚本不能调用主机 {host}（没有允许的主机）。管理员可将“{entry}”加入渠道允许的主机。',
  'The answer of {call} is not JSON': '{call} 的应答不是 JSON',
  'The body of {call} has already been read; keep what text() or json() answered':
    '{call} 的正文已读取过；请保存 text() 或 json() 的结果',
  'fetch: "{method}" is no method that can be used': 'fetch：不支持方法“{method}”',
  'fetch: the body cannot be {what}; send {fix} instead': 'fetch：正文不能是 {what}；请改为发送 {fix}',
  'fetch: the options are an object': 'fetch：选项应为对象',
  'fetch: "signal" is not available; every call ends by itself after its time limit':
    'fetch：不支持“signal”；每次调用到时限会自动结束',
  'fetch: only redirect "follow" is available': 'fetch：redirect 只支持“follow”',
  "fetch: a {method} request cannot have a body; use another method or the URL's query":
    'fetch：{method} 请求不能带正文；请换用其他方法或 URL 的查询参数',
  'fetch: "{key}" is no valid header name': 'fetch：“{key}”不是有效的请求头名称',
  'fetch: the value of the header "{key}" has a line break or a character beyond Latin-1; encode it first':
    'fetch：请求头“{key}”的值含有换行或 Latin-1 以外的字符；请先编码',
  'fetch: headers are an object like {example}': 'fetch：请求头应为对象，例如 {example}',
  'fetch: a list of headers holds [name, value] pairs': 'fetch：请求头列表由 [名称, 值] 组成',

  // The helpers in scope.
  'Index {index} is out of bounds: the list has {count}': '下标 {index} 越界：列表有 {count} 项',
  'crypto.randomUUID is not available: the host gave this run no randomness':
    'crypto.randomUUID 不可用：本次运行没有随机数来源',
  '{call}: the algorithm is md5, sha1 or sha256, not {value}':
    '{call}：算法应为 md5、sha1 或 sha256，而不是 {value}',
  '{call}: the {what} cannot be {value}; {*fix}': '{call}：{what} 不能是 {value}；{*fix}',
  'give a string or a Uint8Array': '请给出字符串或 Uint8Array',
  '{call}: the encoding is hex or base64, not {value}': '{call}：编码应为 hex 或 base64，而不是 {value}',
  'The text is not valid base64': '文本不是有效的 base64',
  'btoa: the text has characters beyond one byte; use crypto.digest on text, or encode it with TextEncoder first':
    'btoa：文本含有超过一个字节的字符；请对文本使用 crypto.digest，或先用 TextEncoder 编码',
  'encodeInto writes into a Uint8Array': 'encodeInto 只能写入 Uint8Array',
  '{type} cannot be read from {value}': '不能从 {value} 读出 {type}',
  'No address to connect {host} to.': '没有可供连接 {host} 的地址。',
  'There is no limit called "{key}". Limits: {list}.': '没有名为“{key}”的限制项。可用的限制项：{list}。',
  '[nested too deeply to show]': '[嵌套过深，未显示]',
  '"{key}" cannot be read as {kind}: it is {value}': '“{key}”不能作为 {kind} 读取：它是 {value}',
  '"{key}" read as JSONObject': '“{key}”作为 JSONObject 读取',
  '"{key}" read as JSONArray': '“{key}”作为 JSONArray 读取',
  'Double cannot be read from {value}': '不能从 {value} 读出 Double',
  'This method of JSONObject was called on something else': 'JSONObject 的方法被用在了其他对象上',
  'JSON.parseObject needs the text of an object {...}, it got {value}':
    'JSON.parseObject 需要对象 {...} 的文本，得到的是 {value}',
  'JSON.parseArray needs the text of a list [...], it got {value}':
    'JSON.parseArray 需要列表 [...] 的文本，得到的是 {value}',
  'structuredClone: {value} cannot be copied': 'structuredClone：不能复制 {value}',
  'structuredClone: nothing can be transferred here; leave "transfer" out':
    'structuredClone：不支持转移；请去掉“transfer”',
  'Bytes are needed (a Uint8Array or ArrayBuffer), not {value}':
    '需要字节（Uint8Array 或 ArrayBuffer），而不是 {value}',
  'TextDecoder: only utf-8 is available here, not "{label}"': 'TextDecoder：只支持 utf-8，不支持“{label}”',
  'TextDecoder: the bytes are not valid UTF-8': 'TextDecoder：字节不是有效的 UTF-8',
  'setTimeout needs a function, not {value}': 'setTimeout 需要函数，而不是 {value}',
  'String.format: "{format}" {*problem}': 'String.format：“{format}”{*problem}',
  'is no format; write %% for a percent sign': '不是格式；百分号请写 %%',
  'is not a format that exists here; use {list}': '不是可用的格式；可用：{list}',
  'has no value: only 1 value is given after the format': '没有对应的值：格式之后只给出了 1 个值',
  'has no value: only {count} values are given after the format':
    '没有对应的值：格式之后只给出了 {count} 个值',
  'has the flag "{flag}" twice': '重复了标志“{flag}”',
  'cannot have the flag "{flag}"': '不能带标志“{flag}”',
  'cannot have the flag "{flag}"; write %% for a percent sign': '不能带标志“{flag}”；百分号请写 %%',
  'cannot have both "-" and "0"': '不能同时有“-”和“0”',
  'cannot have both "+" and a blank': '不能同时有“+”和空格',
  'needs a width after its flag, as in %-10s or %05d': '标志之后需要宽度，例如 %-10s 或 %05d',
  'cannot have a precision (".{precision}"); that is for %f, %e, %g, %s and %b':
    '不能带精度（“.{precision}”）；精度只用于 %f、%e、%g、%s 和 %b',
  'cannot have a width': '不能带宽度',
  'is wider than {count}': '宽度超过 {count}',
  'needs one character, but value {at} is {value}; use %s': '需要一个字符，但第 {at} 个值是 {value}；请用 %s',
  'needs a whole number, but value {at} is {value}; {*fix}': '需要整数，但第 {at} 个值是 {value}；{*fix}',
  'needs a number, but value {at} is {value}; use %s, or Double.parseDouble(...)':
    '需要数字，但第 {at} 个值是 {value}；请用 %s 或 Double.parseDouble(...)',
  'use %f or %s': '请用 %f 或 %s',
  'use %s, or Integer.parseInt(...)': '请用 %s 或 Integer.parseInt(...)',
};
