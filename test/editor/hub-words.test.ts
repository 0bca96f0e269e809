import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import type { Node } from 'acorn';
import { describe, expect, it } from 'vitest';
import { declarations } from './script-support.ts';
import { resources } from '../../editor/words/index.ts';
import { inChinese as chineseOf, SENTENCES } from '../../editor/words/hub/index.ts';

/** What the hub says, in Chinese: the English sentence itself is the key. */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Files whose words do not come to the editor: programs' and other pages' own, what a person reads in a terminal, a log or a graph. */
const OF_OTHERS = new RegExp(
  `^(${[
    ...['server/(simulator|commands|db|jobs|control|transfer|operations|editor|demo|secrets|auth/pages)/'],
    ...[
      'server/(cli|config|hub|app|places|services|simulators)\\.ts',
      'server/(check-node|countersign)\\.js',
    ],
    ...['server/contract/openapi', 'server/contract/(catalogue|variables)\\.ts', 'server/auth/oidc\\.ts'],
    ...[
      'server/http/(page|words)\\.ts',
      'server/providers/provider\\.ts',
      'server/events/(callback-routes|deadline)\\.ts',
    ],
    ...['server/sandbox/(build-vendor|protocol|child-process|prelude)\\.ts'],
    ...[
      'server/sandbox/prelude/(vendor|inspect)',
      'scripts/dingtalk/(token|create|revoke|callback|sync)\\.js',
    ],
  ].join('|')})`,
);

const inChinese = chineseOf(resources.zh.executions.stages);

/** Sentences in other files that nobody reads in the editor. */
const NOT_SHOWN = new Set([
  // The log has these, and programs.
  'the lease on a token fetch was not renewed',
  'the lease on a token fetch was kept',
  'an event was not acknowledged: it is to come later',
  'There is no address to connect to',
  'Script execution timed out',
  'Array buffer allocation failed',
  'The sandbox setting',
  'the kernel ended it for its memory',
  'The job was taken away while the callback stage ran',
  'has no default for the stage "',
  'has already been declared',
  'The address is blocked for some minutes',
  // editor/events/reason-words.ts says these.
  'no approval of ours became known for this instance in time',
  'which moved nothing',
  'the callback script answered null',
  'no mapping of the channel has this definition',
  // Samples in the API's description.
  'Add index idx_created_at to orders',
  'The list of orders is slow',
]);

describe('a sentence of the hub’s', () => {
  it.each([
    ['There is no task "T-1".', '没有任务“T-1”。'],
    ['must be at most 200 characters long', '最多 200 个字符'],
    ['must be "test" or "live"', '必须是 "test" 或 "live"'],
    [
      'approvalInstanceId is in scope in the revoke and sync stages only.',
      'approvalInstanceId 只能在“撤销审批”和“同步状态”阶段使用。',
    ],
    // Several sentences, and words within words.
    ['TASK_IDD is not defined. Did you mean TASK_ID?', 'TASK_IDD 未定义。是否应为 TASK_ID？'],
    [
      'The create stage must return {approvalInstanceId}; approvalInstanceId must be text, but is the number 5.',
      '“发起审批”阶段必须返回 {approvalInstanceId}；approvalInstanceId 应为文本，实际为数字 5。',
    ],
    [
      'DingTalk refused to open the approval: 表单错误 (Tusk ID) (formConverterError). Each name must equal the title of a control of the template, and each value suit its type. Not in the template: Tusk ID. It has: Task ID, Remarks.',
      '钉钉拒绝发起审批：表单错误 (Tusk ID)（formConverterError）。每个 name 必须与模板中某个控件的标题一致，value 必须符合其类型。模板中没有：Tusk ID。模板中有：Task ID, Remarks。',
    ],
    ['Unexpected "}": the "(" opened at 2:8 is not closed', '此处不应出现“}”：2:8 处的“(”没有闭合'],
  ])('is said in Chinese: %s', (english, chinese) => expect(inChinese(english)).toBe(chinese));

  it('that is nobody’s knowledge, and what people and providers wrote, stays as it is', () => {
    for (const text of ['Invalid user.', '请假审批', 'not enough balance: 3 days left', ''])
      expect(inChinese(text)).toBe(text);
    expect(inChinese('There is no channel "user".')).toBe('没有渠道“user”。');
  });

  it('loses nothing of what differs, and is never without words', () => {
    for (const [english, chinese] of Object.entries(SENTENCES)) {
      expect(placesOf(english), english).toEqual(expect.arrayContaining(placesOf(chinese)));
      expect(chinese.trim(), english).not.toBe('');
    }
  });
});

describe('the hub', () => {
  const files = ['server', 'scripts'].flatMap(sources).filter((file) => !OF_OTHERS.test(file));

  it('says nothing that has no Chinese: a new sentence belongs into editor/words/hub/', () => {
    const known = `\n${Object.keys(SENTENCES)
      .join('\n')
      .replaceAll(/\{\*?\w+\}/g, '\0')}\n`;
    const unknown = files.flatMap((file) =>
      sentencesIn(file)
        .filter((words) => !known.includes(words) && inChinese(words) === words && !NOT_SHOWN.has(words))
        .map((words) => `${file}: ${words}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('what is in scope of a script', () => {
  it('is explained in Chinese too', () => {
    const declared = declarations.filter(({ filePath }) => filePath.endsWith('.d.ts'));
    const comments = declared.flatMap(({ content }) =>
      [...content.matchAll(/\/\*\*\s(?: @param from)?([^]*?)\*\//g)].map(([, words = '']) =>
        words.replaceAll(/^ *\* ?/gm, '').trim(),
      ),
    );
    expect(comments.length).toBeGreaterThan(100);
    expect(comments.filter((words) => /^[A-Z].* /.test(words) && inChinese(words) === words)).toEqual([
      'ISO 8601.',
    ]);
  });
});

/** The names of what differs in a sentence. */
const placesOf = (sentence: string): string[] =>
  [...sentence.matchAll(/\{(\*?\w+)\}/g)].map(([, name = '']) => name);

function sources(folder: string): string[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.(js|ts)$/.test(file) && !file.endsWith('.d.ts'));
}

/** Three words in a row. */
const IS_SENTENCE = /[a-z]{2,} [a-z]+ [a-z]+/i;
const IS_SQL =
  /\b(select|update|insert into|delete from|interval|order by|coalesce|filter \(where|distinct|is (not )?null|extract|lock table)\b|^\w+(\.\w+)? as \w+$|\w\.\w+ = \w+\./;
/** Words of a language, of HTTP, of the sandbox's scope. */
const isList = (words: string): boolean =>
  /^[\w-]+( [\w-]+){7,}$/.test(words) && !/\b(the|a|is|to|of|not)\b/.test(words);
/** What is written for programmers, for the log and for the API's description. */
const SAID_TO_OTHERS = /^(describe|meta|info|warn|error|debug|fatal|trace)$/;

/** The pieces of a file's texts that somebody may be told, what is filled in left out. */
function sentencesIn(file: string): string[] {
  const text = readFileSync(`${root}/${file}`, 'utf8');
  const plain = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  const found: string[] = [];
  const isOurs = file.startsWith('server/') && !file.startsWith('server/sandbox/');
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isNode(node) || isToldToOthers(node, isOurs)) return;
    if (node.type === 'Literal' && typeof node['value'] === 'string') found.push(node['value']);
    if (node.type === 'TemplateElement') found.push((node['value'] as { cooked: string }).cooked);
    Object.values(node).forEach(visit);
  };
  const options = { allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true };
  visit(parse(plain, { ecmaVersion: 'latest', sourceType: 'module', ...options }));
  return found
    .flatMap((words) => words.split(/%(?= )/))
    .map((words) => words.replaceAll(/^[^\w"[]+|[^\w")\]]+$/g, ''))
    .filter((words) => IS_SENTENCE.test(words) && !IS_SQL.test(words) && !isList(words));
}

type AnyNode = Node & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value;

/** @param isOurs an Error is a fault of the program's; elsewhere it is how scripts are told */
function isToldToOthers(node: AnyNode, isOurs: boolean): boolean {
  const nameOf = (part: unknown): unknown =>
    isNode(part) ? (part['name'] ?? nameOf(part['property'])) : undefined;
  if (node.type === 'CallExpression') return SAID_TO_OTHERS.test(String(nameOf(node['callee'])));
  if (node.type === 'NewExpression') return isOurs && nameOf(node['callee']) === 'Error';
  return (
    node.type === 'Property' &&
    ['summary', 'description', 'examples', 'example'].includes(String(nameOf(node['key'])))
  );
}
