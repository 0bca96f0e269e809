import type { CallbackKeys, CallbackOpening, CallbackRequest } from '../protocol.ts';
import { decrypt, isSame, keyOf, signatureOf, utf8 } from './crypto.ts';
import { sealedSuccess } from './reply.ts';

/** Far above any event: a form's values may have 64 KiB each, and larger forms are pushed without them. */
const MOST_BYTES = 1024 * 1024;
/** Of a signature, a timestamp or a nonce. */
const MOST_CHARACTERS = 128;

/** Events by which DingTalk tries a URL (protocols/dingtalk.md §8 "URL checks"); the last two are those of third-party apps. */
const URL_CHECKS: readonly string[] = ['check_url', 'check_create_suite_url', 'check_update_suite_url'];

const refused = (why: string): CallbackOpening => ({ refused: why });

/**
 * Verifies and decrypts a push (protocols/dingtalk.md §7). The signature is held against the base64 text as it came, before anything
 * is decrypted; a channel without keys refuses all. Old timestamps are taken: DingTalk pushes again later and keeps a list of failed
 * pushes, and a replay changes nothing, since an event is known by its key (read-event.ts).
 */
export function openCallback({ query, body }: CallbackRequest, keys: CallbackKeys): CallbackOpening {
  const key = keyOf(keys.aesKey);
  if (keys.token === '' || key === null) return refused('no keys');
  if (body.length > MOST_BYTES) return refused('size');
  const stamp = readStamp(query);
  if (stamp === null) return refused('query');
  const encrypted = readEncrypted(body);
  if (encrypted === null) return refused('body');
  const { signature, timestamp, nonce } = stamp;
  if (!isSame(signature, signatureOf(keys.token, timestamp, nonce, encrypted))) return refused('signature');
  const opened = decrypt(key, encrypted);
  if (opened === null) return refused('ciphertext');
  const { message, receiveId } = opened;
  // The console's subscriptions carry the appKey, those made by API the corpId; somebody else's event carries neither.
  const isOurs = [keys.appId, keys.corpId].some((id) => id !== '' && id === receiveId);
  if (!isOurs) return refused('receiver');
  const event = readObject(message);
  if (event === null) return refused('message');
  const reply = sealedSuccess({ key, token: keys.token, receiveId, timestamp, nonce });
  return { reply, event: isUrlCheck(event) ? null : event };
}

/** Some senders write `msg_signature` and `timeStamp`; the official libraries read both (§7 "Request"). */
function readStamp(
  query: CallbackRequest['query'],
): { signature: string; timestamp: string; nonce: string } | null {
  const parameter = (...names: readonly string[]): string => {
    const name = names.find((each) => Object.hasOwn(query, each));
    return name === undefined ? '' : (query[name] ?? '');
  };
  const signature = parameter('signature', 'msg_signature');
  const timestamp = parameter('timestamp', 'timeStamp');
  const nonce = parameter('nonce');
  const isWhole = [signature, timestamp, nonce].every(
    (text) => text !== '' && text.length <= MOST_CHARACTERS,
  );
  return isWhole ? { signature, timestamp, nonce } : null;
}

function readEncrypted(body: Buffer): string | null {
  const text = utf8(body);
  const envelope = text === null ? null : readObject(text);
  const encrypted = envelope !== null && Object.hasOwn(envelope, 'encrypt') ? envelope['encrypt'] : undefined;
  return typeof encrypted === 'string' ? encrypted : null;
}

/** The object in a JSON text, null when there is none. */
function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function isUrlCheck(event: Readonly<Record<string, unknown>>): boolean {
  const type = Object.hasOwn(event, 'EventType') ? event['EventType'] : undefined;
  return typeof type === 'string' && URL_CHECKS.includes(type.toLowerCase());
}
