import type { CreateAnswer } from '../protocol.ts';
import { isOldFamily } from './family.ts';

/** What a refusal means, as the client's failure.js tells it (protocols/dingtalk.md §1, §2, §12). Words: new API; numbers: old. */
const KINDS: readonly (readonly [kind: string, codes: readonly string[]])[] = [
  ['token', ['InvalidAuthentication', '40001', '40014', '41001', '42001']],
  ['throttled', ['90002', '90018', 'autoflowLikeTriggerRateLimited']],
  ['quota', ['Forbidden.AccessDenied.ApiCountLimitForOrg', '90020']],
  ['permission', ['60011', '60020', '50002', 'processSetupNoPermission', 'needAuth']],
  ['notFound', ['userNotExist', '33012', '60121']],
];

/** Codes by which DingTalk says that it failed, not that it looked and refused: the approval may stand. `sysErrror` is its own spelling. */
const UNCLEAR =
  /^(?:-1|systemError|sysErr+or|internalError|processInstanceStartFailed)$|timeout|unavailable|unknown/i;

/** Errcodes of the old family that tell for certain that nothing was opened (§12): argument, form, permission, token, limits. */
const OLD_REFUSALS = /^(?:22|33\d{3}|4\d{4}|400\d{3}|5[02]\d{3}|6\d{4}|820\d{3}|830\d{3}|90002|90018|90020)$/;

/**
 * What DingTalk's answer to a create call says (protocols/dingtalk.md §0, §2). Only a well-formed refusal proves that nothing stands:
 * an error of the server, a page, an empty body or a success without an id are unclear.
 */
export function readCreateAnswer(answer: {
  readonly url: string;
  readonly status: number;
  readonly body: string;
}): CreateAnswer {
  const { status, body: text } = answer;
  const body = readObject(text);
  if (isBlocked(text, body))
    return {
      refused: { kind: 'throttled', code: 'IP_BLOCKED', message: 'The address is blocked for some minutes.' },
    };
  // 408: a gateway gave up waiting.
  if (body === null || status >= 500 || status < 200 || status === 408) return 'unclear';
  return isOldFamily(answer.url) ? readOld(status, body) : readNew(status, body);
}

type Fields = Readonly<Record<string, unknown>>;

function readNew(status: number, body: Fields): CreateAnswer {
  const id = body['instanceId'];
  if (status === 200) return typeof id === 'string' && isInstanceId(id) ? { instanceId: id } : 'unclear';
  const code = textOf(body['code']);
  if (status < 400 || code === '' || UNCLEAR.test(code)) return 'unclear';
  return { refused: { kind: kindOf(status, code), code, message: textOf(body['message']) } };
}

function readOld(status: number, body: Fields): CreateAnswer {
  if (body['errcode'] === undefined) return 'unclear';
  const errcode = textOf(body['errcode']);
  const id = body['process_instance_id'];
  if (errcode === '0')
    return status === 200 && typeof id === 'string' && isInstanceId(id) ? { instanceId: id } : 'unclear';
  const { code, message } = unwrapped(errcode, body);
  if (!OLD_REFUSALS.test(code)) return 'unclear';
  return { refused: { kind: kindOf(status, code), code, message } };
}

/** The gateway wraps the real code in errcode 88, at times only within the text (§0). */
function unwrapped(errcode: string, body: Fields): { code: string; message: string } {
  const message = textOf(body['errmsg']);
  if (errcode !== '88') return { code: errcode, message };
  const [, subCode = errcode, subMessage = message] =
    /subcode=([^,\]]+)(?:,\s*submsg=([^\]]*))?/.exec(message) ?? [];
  return { code: textOf(body['sub_code']) || subCode, message: textOf(body['sub_msg']) || subMessage };
}

function kindOf(status: number, code: string): string {
  const known = KINDS.find(([, codes]) => codes.includes(code));
  if (known !== undefined) return known[0];
  if (status === 429 || /Qp[sm]Limit/.test(code)) return 'throttled';
  return code.startsWith('Forbidden.AccessDenied') ? 'permission' : 'refused';
}

/** An address that called too often gets this in place of any answer, as JSON or as a page: nothing was looked at (§12). */
function isBlocked(text: string, body: Fields | null): boolean {
  return body === null ? /\bpunish/i.test(text) : body['punish'] === 'deny';
}

/** Ids are opaque (§2), but what the tables cannot keep is none. */
const isInstanceId = (id: string): boolean => /^[\x21-\x7e]{1,200}$/.test(id);

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

function readObject(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}
