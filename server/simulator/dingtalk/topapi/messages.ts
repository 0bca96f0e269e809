import { createHmac } from 'node:crypto';
import type { Endpoint } from '../api/call.ts';
import { sameSecret } from '../crypto.ts';
import type { Fields } from '../http.ts';
import { TopapiRefusal } from '../refusals.ts';
import { commaList, nested, optionalFlag, whole } from './read.ts';

/** The one custom robot, with the signing option on (protocols/dingtalk.md §11). */
export const ROBOT = { accessToken: 'robot-demo', secret: 'SECrobotdemosecret' } as const;

const MAX_SKEW_MS = 3_600_000;
const ROBOT_TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['content'],
  link: ['title', 'text', 'messageUrl'],
  markdown: ['title', 'text'],
  actionCard: ['title', 'text'],
  feedCard: ['links'],
};
const NOTICE_TYPES = ['text', 'image', 'voice', 'file', 'link', 'oa', 'markdown', 'action_card'];
const MAX_NOTICE_BYTES = 2048;
const MAX_NOTICE_USERS = 100;
const MAX_NOTICE_DEPTS = 20;

/** Signature of a robot call: base64 HMAC-SHA256, key = secret, text = timestamp + "\n" + secret (§11). */
export const robotSign = (timestamp: string, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

/** `POST /robot/send?access_token=&timestamp=&sign=`: 400101 unknown robot, 310000 wrong sign or a clock an hour off. */
export const robotSend: Endpoint = ({ company, query, body }) => {
  if (!sameSecret(query.get('access_token') ?? '', ROBOT.accessToken))
    throw new TopapiRefusal(400101, 'access_token不存在');
  const timestamp = query.get('timestamp') ?? '';
  if (!/^\d{13}$/.test(timestamp) || Math.abs(company.clock.now() - Number(timestamp)) > MAX_SKEW_MS)
    throw new TopapiRefusal(310000, 'invalid timestamp');
  if (!sameSecret(query.get('sign') ?? '', robotSign(timestamp, ROBOT.secret)))
    throw new TopapiRefusal(310000, 'sign not match');
  const type = String(body.msgtype);
  const wanted = Object.hasOwn(ROBOT_TYPES, type) ? ROBOT_TYPES[type] : undefined;
  const content = (body[type] ?? {}) as Fields;
  const missing = wanted?.find((name) => content[name] === undefined || content[name] === '');
  if (!wanted || missing !== undefined)
    throw new TopapiRefusal(40035, `不合法的参数: ${missing ?? 'msgtype'}`);
  return {};
};

/** `POST /topapi/message/corpconversation/asyncsend_v2` {agent_id, userid_list, dept_id_list, to_all_user, msg} (§11 "Work notice"). */
export const workNotice: Endpoint = ({ company, body }) => {
  whole(body, 'agent_id');
  const users = commaList(body, 'userid_list');
  const depts = commaList(body, 'dept_id_list');
  if (users.length > MAX_NOTICE_USERS || depts.length > MAX_NOTICE_DEPTS)
    throw new TopapiRefusal(
      400002,
      `无效的参数: at most ${MAX_NOTICE_USERS} users and ${MAX_NOTICE_DEPTS} departments`,
    );
  if (users.length === 0 && depts.length === 0 && optionalFlag(body, 'to_all_user') !== true)
    throw new TopapiRefusal(400002, '无效的参数: userid_list, dept_id_list or to_all_user');
  const msg = nested(body, 'msg');
  if (!NOTICE_TYPES.some((type) => type === msg.msgtype))
    throw new TopapiRefusal(400002, '无效的参数: msg.msgtype');
  if (Buffer.byteLength(JSON.stringify(msg)) > MAX_NOTICE_BYTES)
    throw new TopapiRefusal(400002, `无效的参数: msg is longer than ${MAX_NOTICE_BYTES} bytes`);
  return { task_id: company.nextTaskId() };
};
