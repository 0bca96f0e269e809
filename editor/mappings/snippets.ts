import type { FormField } from '../../server/contract/mapping.ts';
import type { Stage } from './stages.ts';

/** What stands in a text as it is, within a snippet: `$`, `}` and `\` mean something there. */
export const plain = (text: string): string => text.replace(/[$}\\]/g, '\\$&');

/** A text within double quotes of a script, within a snippet. */
const quoted = (text: string): string => plain(JSON.stringify(text));

/** A piece of script to insert at the cursor; `key` names its words (`mapping:snippet.<key>`). */
export interface Snippet {
  readonly key: 'fieldByName' | 'byType' | 'summary' | 'approvers' | 'send' | 'log' | 'fetch' | 'ignore';
  readonly text: string;
}

const put = (name: string, value: string): string =>
  `fromField.add(new JSONObject().fluentPut("name",${name}).fluentPut("value",${value}))`;

/** One control of the form, filled in; the cursor goes to its value. */
export const fieldSnippet = ({ name }: Pick<FormField, 'name'>): string =>
  `${put(quoted(name), '${1:TASK_NAME}')}\n$0`;

const COMMON: readonly Snippet[] = [
  { key: 'log', text: 'console.log("${1:words}", ${2:TASK_ID})\n$0' },
  {
    key: 'fetch',
    text: 'const response = await fetch("${1:https://…}", {method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify({$2\\})\\})\nconst answer = await response.json()\n$0',
  },
];

/** How a client does a stage's own work, as the default scripts call it. */
const SENDS: Readonly<Record<Stage, string>> = {
  token: 'await {client}.token()',
  create: 'await {client}.create()',
  revoke: 'await {client}.revoke(approvalInstanceId, REVOKE_REASON)',
  callback: '{client}.callback(event, eventType)',
  sync: 'await {client}.sync(approvalInstanceId)',
};

const OF_CREATE: readonly Snippet[] = [
  { key: 'fieldByName', text: `${put('"${1:Field}"', '${2:TASK_NAME}')}\n$0` },
  {
    key: 'byType',
    text: `if (TASK_TYPE.equals("\${1:Data export}")) {\n\t${put('"${2:File Type}"', '${3:FILE_TYPE}')}\n\\}\n$0`,
  },
  {
    key: 'summary',
    text: `String \${1:summary} = String.format("%s, %s, %s",\${2:TASK_URL},\${3:AUTH_SENSITIVE},\${4:EXPORT_OBJECT})\n${put('"${5:Summary}"', '${1:summary}')}\n$0`,
  },
  {
    key: 'approvers',
    text: 'reqBody.put("approvers", [{actionType: "${1|OR,AND,NONE|}", userIds: ["${2:user-id}"]\\}])\n$0',
  },
];

const OF_CALLBACK: readonly Snippet[] = [
  { key: 'ignore', text: 'if (eventType !== "${1:type}") return null\n$0' },
];

/**
 * What is worth having at hand in a stage.
 * @param client the provider's client as scripts call it
 */
export const snippetsOf = (stage: Stage, client: string): Snippet[] => [
  ...(stage === 'create' ? OF_CREATE : []),
  ...(stage === 'callback' ? OF_CALLBACK : []),
  { key: 'send', text: `return ${SENDS[stage].replace('{client}', plain(client))}\n$0` },
  ...COMMON,
];
