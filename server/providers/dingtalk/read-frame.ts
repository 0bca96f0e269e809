import type { Frame } from '../connection.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one frame of Stream mode (protocols/dingtalk.md §10): text JSON whose `data` is JSON within a string. What a callback has in its
 * envelope stands in an event's headers here, all as texts; put back, the event is the same whichever way it came.
 */
export function readFrame(text: string): Frame {
  const frame = objectIn(text);
  // One sample of the documentation writes `header`; SDKs read `headers`.
  const headers = fieldsOf(frame?.['headers'] ?? frame?.['header']);
  const messageId = textOf(headers['messageId']);
  if (frame === null || messageId === '') return { kind: 'unknown', why: 'frame', reply: null };
  const data = textOf(frame['data']);
  switch (frame['type']) {
    case 'SYSTEM':
      return systemFrame(textOf(headers['topic']), messageId, data);
    case 'EVENT':
      return eventFrame(headers, messageId, data);
    default:
      // A bot's message, say, which was not subscribed to.
      return { kind: 'unknown', why: 'type', reply: reply(messageId, 404, '{}') };
  }
}

function systemFrame(topic: string, messageId: string, data: string): Frame {
  if (topic === 'ping') return { kind: 'alive', reply: reply(messageId, 200, data) };
  if (topic !== 'disconnect') return { kind: 'alive', reply: null };
  return { kind: 'leaving', reason: textOf(objectIn(data)?.['reason']) };
}

function eventFrame(headers: Fields, messageId: string, data: string): Frame {
  const fields = objectIn(data);
  const stored = reply(messageId, 200, JSON.stringify({ status: 'SUCCESS', message: 'success' }));
  // To be sent it again would not make it readable.
  if (fields === null) return { kind: 'unknown', why: 'data', reply: stored };
  const later = reply(messageId, 200, JSON.stringify({ status: 'LATER', message: 'not stored' }));
  const bornTime = Number(headers['eventBornTime']);
  const envelope = {
    EventType: textOf(headers['eventType']),
    CorpId: textOf(headers['eventCorpId']),
    eventId: textOf(headers['eventId']),
  };
  const known = Object.entries(envelope).filter(([, value]) => value !== '');
  const time = bornTime > 0 ? { EventTime: bornTime } : {};
  return {
    kind: 'event',
    event: { ...fields, ...Object.fromEntries(known), ...time },
    replies: { stored, later },
  };
}

const reply = (messageId: string, code: number, data: string): string =>
  JSON.stringify({
    code,
    message: code === 200 ? 'OK' : 'not handled',
    headers: { messageId, contentType: 'application/json' },
    data,
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The object in a JSON text, null when there is none. */
function objectIn(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}
