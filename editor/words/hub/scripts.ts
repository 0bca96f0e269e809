import type { Sentences } from './translate.ts';

/** What is wrong with the text of a script: what the hub remarks of it, and why it cannot be read. */
export const scripts: Sentences = {
  // Remarks.
  'The form requires "{name}", and the script does not add it.': '表单要求填写“{name}”，但脚本没有添加它。',
  'The form has no field "{name}". {*hint}': '表单中没有字段“{name}”。{*hint}',
  'It has {list} and {count} more.': '现有：{list}，另有 {count} 个。',
  'It has {list}.': '现有：{list}。',
  'Did you mean "{name}"?': '是否应为“{name}”？',
  'Did you mean "{name}", which it requires?': '是否应为必填字段“{name}”？',
  'Did you mean {name}?': '是否应为 {name}？',
  'await is missing before {call}(…): its answer is not there yet where it is used.':
    '{call}(…) 前缺少 await：使用其结果时，结果尚未返回。',
  'await is missing before {call}(…): the script goes on, and may end, before it is done.':
    '{call}(…) 前缺少 await：脚本会继续执行，可能在它完成之前就结束。',
  "This is the channel's own secret: {*mend}.": '这是渠道自身的密钥：{*mend}。',
  'This is a secret of the channel, which no script needs: take it out.':
    '这是渠道的密钥，脚本不需要它：请删除。',
  'This looks like a secret typed into the script. Secrets are kept in the channel, encrypted: {*mend}.':
    '这看起来是写进脚本的密钥。密钥应加密保存在渠道中：{*mend}。',
  'write APP_SECRET, without quotes, in its place': '请改写为不带引号的 APP_SECRET',
  "take it out: the token stage has APP_SECRET, and the client brings the channel's access token by itself":
    '请删除：“获取凭证”阶段可使用 APP_SECRET，客户端会自动带上渠道的访问凭证',
  '{name} is in scope in the {stage} stage only.': '{name} 只能在“{stage}”阶段使用。',
  '{name} is in scope in the {stage} and {stageToo} stages only.':
    '{name} 只能在“{stage}”和“{stageToo}”阶段使用。',
  'It is in scope in the {stage} stage only.': '它只能在“{stage}”阶段使用。',
  'It is in scope in the {stage} and {stageToo} stages only.': '它只能在“{stage}”和“{stageToo}”阶段使用。',
  '{name} is not defined.': '{name} 未定义。',
  '{client} has no method {name}. {*hint}': '{client} 没有方法 {name}。{*hint}',
  '{name} is not declared in this script: it cannot be renamed here.':
    '{name} 不是在此脚本中声明的，不能在这里重命名。',

  // What a stage must return.
  'The {stage} stage must return {what}; {*why}.': '“{stage}”阶段必须返回 {what}；{*why}。',
  'The callback stage must return {approvalInstanceId, status}, or null for an event that changes nothing; {*why}.':
    '“回调通知”阶段必须返回 {approvalInstanceId, status}，对于不引起变化的事件返回 null；{*why}。',
  'the script returned nothing': '脚本没有返回任何内容',
  'the answer nests more than {count} levels deep': '返回值嵌套超过 {count} 层',
  '{name} has more than {count} entries': '{name} 超过 {count} 项',
  'the answer must be {*wanted}, but is {*found}': '返回值应为{*wanted}，实际为{*found}',
  '{path} must be {*wanted}, but is {*found}': '{path} 应为{*wanted}，实际为{*found}',
  'something is wrong': '内容有误',
  missing: '缺失',
  null: ' null',
  text: '文本',
  true: ' true',
  boolean: ' true 或 false',
  'something else': '其他内容',
  'a number': '数字',
  'a list': '列表',
  'an object': '对象',
  'the text {value}': '文本 {value}',
  'the number {value}': '数字 {value}',
  'the boolean {value}': ' {value}',
  'one of {list}': '以下之一：{list}',
  'text that is not empty': '非空文本',
  'more than {count}': '大于 {count}',
  'at most {count} characters': '最多 {count} 个字符',

  // Why a script cannot be read.
  'Unexpected {*found}': '此处不应出现{*found}',
  '"{text}"': '“{text}”',
  template: '模板字符串',
  'The script ends too early: {*why}': '脚本不完整：{*why}',
  'something must follow {*what}': '{*what}之后还应有内容',
  here: '此处',
  'the {*opener} opened at {place} is not closed': '{place} 处的{*opener}没有闭合',
  'Unexpected {*found}: the {*opener} opened at {place} is not closed':
    '此处不应出现{*found}：{place} 处的{*opener}没有闭合',
  'Unexpected {*found}: nothing is open that it could close': '此处不应出现{*found}：没有可由它闭合的括号',
  'The constant {*name} needs a value: write "=" and the value after it':
    '常量{*name}需要一个值：请在其后写“=”和值',
  '"await" works only in an async function: write "async" before the function it stands in':
    '“await”只能在 async 函数中使用：请在所在函数前加“async”',
  '{*name} means nothing here: is it meant to be "{meant}"?': '{*name}在此没有意义：是否应为“{meant}”？',
  'Unexpected ":": to go through a list write for (const item of list)':
    '此处不应出现“:”：遍历列表请写 for (const item of list)',
  'Unexpected ":": this { starts a block; for an object, write it after return, = or ( on the same line':
    '此处不应出现“:”：这个 { 开始的是代码块；对象应与 return、= 或 ( 写在同一行',
  'Unexpected "else": no "if" ends right before it': '此处不应出现“else”：其前没有结束的“if”',
  'Unexpected {*found}: "(" is missing after "{word}"': '此处不应出现{*found}：“{word}”之后缺少“(”',
  'Unexpected {*found} after {*before}: "," or an operator is missing between them':
    '{*before}之后不应出现{*found}：两者之间缺少“,”或运算符',
  'Unexpected {*found}: "," is missing before it': '此处不应出现{*found}：其前缺少“,”',
  'Unexpected {*found} after {*before}: an operator, "," or ";" is missing between them':
    '{*before}之后不应出现{*found}：两者之间缺少运算符、“,”或“;”',
  'Unexpected {*found}: in an object "," stands between the keys':
    '此处不应出现{*found}：对象的各键之间用“,”分隔',
  'Unexpected {*found}: in an object ":" and a value follow each key':
    '此处不应出现{*found}：对象的键之后应为“:”和值',
  'Unexpected {*found}: something is missing between {*before} and it':
    '此处不应出现{*found}：它与{*before}之间缺少内容',
  'number {value}': '数字 {value}',
  'text {value}': '文本 {value}',
  'The comment that starts here is not closed: "*/" is missing': '从此处开始的注释没有结束：缺少“*/”',
  'Octal escapes are not allowed: write \\x and two hexadecimal digits, or \\\\ for a backslash':
    '不允许八进制转义：请写 \\x 加两位十六进制数，反斜杠请写 \\\\',
  'A number ends here and a name begins: put an operator between them; a name cannot start with a digit':
    '数字之后紧接名称：请在两者之间加运算符；名称不能以数字开头',
  '"import.meta" does not exist in a stage script': '阶段脚本中没有“import.meta”',
  '"await" cannot be a name here: it waits for the value that follows it':
    '“await”在此不能作为名称：它用于等待其后的值',
  '"with" does not exist in a stage script (strict mode): name the object in full':
    '阶段脚本（严格模式）中没有“with”：请写出对象的全名',
  '"{word}" stands outside the loop or switch it could end, or names no label around it':
    '“{word}”不在可由它结束的循环或 switch 中，或其标签不存在',
  '"return" cannot stand in the static block of a class': '“return”不能出现在类的静态块中',
  '"super" works only in the methods of a class': '“super”只能在类的方法中使用',
  'This cannot be assigned to: to compare, write === instead of =': '此处不能赋值：如要比较，请将 = 改为 ===',
  '"{name}" cannot be assigned to in a stage script (strict mode)':
    '阶段脚本（严格模式）中不能给“{name}”赋值',
  '"{name}" cannot be the name of a variable in a stage script (strict mode)':
    '阶段脚本（严格模式）中“{name}”不能作为变量名',
  'A name must stand here': '此处应为名称',
  'A variable cannot be deleted: "delete" is for the keys of an object, as in delete object.key':
    '变量不能删除：“delete”用于对象的键，例如 delete object.key',
  '"throw" and what it throws must stand on one line': '“throw”与其抛出的内容必须在同一行',
  'This "try" has neither a "catch" nor a "finally" block': '此“try”既没有“catch”也没有“finally”块',
  'This declaration needs a value: write = and the value after it': '此声明需要一个值：请在其后写 = 和值',
  'In an object a key and its value are joined by ":", not by "="': '对象中键与值之间用“:”，不用“=”',
  '"??" cannot be mixed with "||" or "&&": put parentheses round one of them':
    '“??”不能与“||”或“&&”混用：请用括号括住其中之一',
  'Two parameters of this function have the same name': '此函数有两个同名参数',
  'This "switch" has a second "default"': '此“switch”有两个“default”',
  'The label "{label}" is already in use around this line': '标签“{label}”已在外层使用',
  'The script is nested too deeply here: use fewer brackets or operators within each other':
    '脚本在此嵌套过深：请减少括号或运算符的嵌套',
  'Java\'s """ texts are not read here: write the text between two backquotes `':
    '不支持 Java 的 """ 文本：请用两个反引号 ` 括住文本',
  'The text that starts here has no closing {quote}: the {lookalike} in this line does not close it':
    '从此处开始的文本缺少结尾的 {quote}：此行中的 {lookalike} 不能作为结尾',
  'The text that starts here has no closing {quote}': '从此处开始的文本缺少结尾的 {quote}',
  'The template that starts here has no closing backquote `': '从此处开始的模板字符串缺少结尾的反引号 `',
  'The regular expression that starts here has no closing "/"': '从此处开始的正则表达式缺少结尾的“/”',
  'Behind a regular expression only the flags d g i m s u v y may stand, each once':
    '正则表达式之后只能有标志 d g i m s u v y，各一次',
  'This is not a valid regular expression: {why}': '正则表达式无效：{why}',
  'This escape is not complete: \\u wants four hexadecimal digits, \\x two; for a backslash itself write \\\\':
    '转义不完整：\\u 需要四位十六进制数，\\x 需要两位；反斜杠本身请写 \\\\',
  '{number} starts with 0: write {other}, or 0o in front for an octal number':
    '{number} 以 0 开头：请写 {other}；八进制数请在前面加 0o',
  'This number is not complete': '数字不完整',
  '"{name}" is already declared: use another name, or assign to it without declaring it again':
    '“{name}”已声明：请换一个名称，或直接赋值而不再声明',
  '"{name}" is already declared at {place}: use another name, or assign to it without declaring it again':
    '“{name}”已在 {place} 声明：请换一个名称，或直接赋值而不再声明',
  'A stage script exports nothing: leave "export" out and return the result':
    '阶段脚本不导出内容：请去掉“export”，用 return 返回结果',
  'Java imports are not needed: leave this line out, the helpers are in scope already':
    '不需要 Java 的 import：请删除此行，这些工具已可直接使用',
  'A stage script is one text and cannot import another: paste the code you need instead':
    '阶段脚本是独立的文本，不能导入其他内容：请将需要的代码粘贴进来',
  '"{word}" is Java\'s and has no meaning here: leave it out': '“{word}”是 Java 的写法，在此没有意义：请去掉',
  '"{word}" is a word of the language: choose another name': '“{word}”是语言的保留字：请换一个名称',
  'Unexpected character {character} ({code}): type the ASCII character {ascii} instead':
    '此处不应出现字符 {character}（{code}）：请改用半角字符 {ascii}',
  'An invisible character ({code}) stands here: delete it': '此处有一个不可见字符（{code}）：请删除',
  'Unexpected "@": Java annotations are not read here, leave them out':
    '此处不应出现“@”：不支持 Java 注解，请去掉',
  'Unexpected "#": a comment starts with // here': '此处不应出现“#”：注释以 // 开头',
  'Unexpected "\\": a backslash belongs inside a text in quotes':
    '此处不应出现“\\”：反斜杠只能用在引号中的文本里',
  'Unexpected character {character} ({code})': '此处不应出现字符 {character}（{code}）',
  'The script cannot be read': '脚本有语法错误',
  'Invalid regular expression: it is too large': '正则表达式无效：过大',
  'After "{name}" a "=" with a value, "," or ";" is missing': '“{name}”之后缺少“=”和值、“,”或“;”',
  '"{name}(" would begin a Java method: write function name(parameters) { … } here':
    '“{name}(”像是 Java 方法：请写成 function 名称(参数) { … }',
  'A (char) cast has no counterpart here: write String.fromCharCode(number)':
    '不支持 (char) 转换：请写 String.fromCharCode(数字)',
  'An array of arrays cannot be made by sizes here: fill it in a loop':
    '不能按大小创建多维数组：请用循环填充',
  'Java\'s "case … ->" is not read here: write "case value:", and "break;" at its end':
    '不支持 Java 的“case … ->”：请写“case 值:”，并在末尾写“break;”',
  'A JavaScript number cannot hold this number exactly: write it as a text in quotes':
    'JavaScript 的数字不能精确表示该数：请用引号写成文本',
};
