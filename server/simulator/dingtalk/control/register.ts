import { bareUrl, mayCall, type App } from '../apps.ts';
import type { Company } from '../company.ts';
import { isAesKey } from '../crypto.ts';
import { plainMobile, ROOT_DEPT, type User } from '../people.ts';
import { ControlProblem } from '../refusals.ts';
import { COMPONENT_TYPES, type Field, type FlowNode, type Template } from '../templates.ts';
import { flag, list, object, oneOf, text, whole } from './read.ts';

const id = text(1, 100, /^[\x21-\x7e]+$/, 'printable characters without blanks');

const readApp = object(
  { appKey: id, appSecret: id },
  {
    token: id,
    aesKey: text(43, 43, /^[A-Za-z0-9+/]+$/, '43 letters and digits'),
    callbackUrl: text(1, 2000),
  },
);

/** `POST _control/apps`: stores an app; a callbackUrl is checked the way DingTalk does when one is saved, and `callbackCheck` tells how it went. */
export async function registerApp(company: Company, body: unknown): Promise<object> {
  const { appKey, appSecret, token, aesKey, callbackUrl } = readApp(body, '');
  const app: App = { appKey, appSecret, callback: null };
  if (callbackUrl === undefined) {
    company.apps.set(appKey, app);
    company.log(`app ${appKey} registered, without a callbackUrl: no events are pushed to it`);
    return {
      appKey,
      appSecret,
      ...(token === undefined ? {} : { token }),
      ...(aesKey === undefined ? {} : { aesKey }),
    };
  }
  if (token === undefined || aesKey === undefined)
    throw invalid(
      `${token === undefined ? 'token' : 'aesKey'} is missing: events to callbackUrl are signed and encrypted`,
    );
  if (!isAesKey(aesKey)) throw invalid('aesKey must be 43 letters and digits');
  if (!mayCall(callbackUrl, company.publicUrl))
    throw invalid(
      'callbackUrl must be an http(s) URL of this machine (127.0.0.1, localhost) or under PUBLIC_URL',
    );
  // Subscribed as in the developer console, so the receiveId is the appKey (protocols/dingtalk.md §7 step 5).
  const callback = {
    source: 'console',
    url: callbackUrl,
    token,
    aesKey,
    receiveId: appKey,
    tags: null,
  } as const;
  company.apps.set(appKey, { ...app, callback });
  company.log(`app ${appKey} registered, its events go to ${bareUrl(callbackUrl)}`);
  const { ok, detail } = await company.pushes.check({ ...app, callback });
  return { appKey, appSecret, token, aesKey, callbackUrl, callbackCheck: { ok, detail } };
}

const readNode = object({ actionType: oneOf(['AND', 'OR', 'NONE']), userIds: list(id, 0, 100) }, {});
const readField = object(
  { name: text(1, 200) },
  { required: flag, componentType: oneOf(COMPONENT_TYPES), options: list(text(1, 200), 0, 200) },
);
const readTemplate = object(
  { processCode: id, name: text(1, 200), fields: list(readField, 1, 150) },
  { nodes: list(readNode, 0, 20) },
);

/** `POST _control/templates`. A node without userIds is one whose approver the initiator picks. */
export function registerTemplate(company: Company, body: unknown): object {
  const { processCode, name, fields: given, nodes = [] } = readTemplate(body, '');
  const fields = given.map((field): Field => ({
    name: field.name,
    componentType: field.componentType ?? 'TextField',
    required: field.required ?? false,
    options: field.options ?? [],
  }));
  const twice = fields.find(
    (field, index) => fields.findIndex((other) => other.name === field.name) !== index,
  );
  if (twice) throw invalid(`fields: two are named ${twice.name}`);
  for (const [index, node] of nodes.entries()) checkNode(node, index);
  const at = company.clock.now();
  const createdAt = company.templates.get(processCode)?.createdAt ?? at;
  const template: Template = { processCode, name, fields, nodes, createdAt, modifiedAt: at };
  company.templates.set(processCode, template);
  return { processCode, name, fields, nodes };
}

function checkNode(node: FlowNode, index: number): void {
  if (new Set(node.userIds).size !== node.userIds.length)
    throw invalid(`nodes[${index}].userIds names somebody twice`);
  if (node.actionType === 'NONE' && node.userIds.length > 1)
    throw invalid(`nodes[${index}].actionType NONE is for one user; use AND (all of them) or OR (any one)`);
}

const readUser = object(
  { userId: id, name: text(1, 100), mobile: text(6, 20, /^\+?[\d -]+$/, 'a telephone number') },
  { deptIds: list(whole(1, Number.MAX_SAFE_INTEGER), 1, 20) },
);

/** `POST _control/users`. Without deptIds the user is in the root department. */
export function registerUser(company: Company, body: unknown): object {
  const { userId, name, mobile, deptIds = [ROOT_DEPT] } = readUser(body, '');
  const user: User = { userId, name, mobile: plainMobile(mobile), deptIds };
  const owner = company.people.byMobile(mobile);
  if (owner && owner.userId !== userId) throw invalid(`mobile is ${owner.userId}'s already`);
  company.employ(user);
  return user;
}

const invalid = (message: string): ControlProblem => new ControlProblem(400, 'INVALID_INPUT', message);
