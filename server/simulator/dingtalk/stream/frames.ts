import { randomUUID } from 'node:crypto';
import type { EventPayload } from '../events/payload.ts';

/** Frames of a connection (protocols/dingtalk.md §10): text JSON whose `data` is JSON within a string. Every header is a text. */

/** Who sends a frame, over which connection, and when (epoch milliseconds). */
export interface Sender {
  readonly appKey: string;
  readonly connectionId: string;
  readonly at: number;
}

/** One frame on its way, and the id by which its acknowledgement names it. */
export interface Frame {
  readonly messageId: string;
  readonly text: string;
}

/** What the other side says of a frame. */
export interface Ack {
  readonly messageId: string;
  readonly code: number;
  /** `SUCCESS`, `LATER`, or whatever else stands there. */
  readonly status: string;
  /** The acknowledgement's own `data`, as it came. */
  readonly data: string;
}

/** A frame of the gateway itself: CONNECTED, KEEPALIVE, ping, disconnect. */
export const systemFrame = (topic: string, data: object, { connectionId, at }: Sender): Frame =>
  frame('SYSTEM', { connectionId, topic, time: String(at) }, data);

/** The frame of one event: what §8 has in the envelope stands in the headers, the event's fields alone in `data`. */
export function eventFrame(payload: EventPayload, { appKey, connectionId, at }: Sender): Frame {
  const { EventType, EventTime, CorpId, eventId, ...fields } = payload;
  const headers = {
    ...{ appId: appKey, connectionId, topic: '*', time: String(at) },
    ...{ eventType: EventType, eventId, eventCorpId: CorpId, eventBornTime: String(EventTime) },
    eventUnifiedAppId: appKey,
  };
  return frame('EVENT', headers, { ...fields, BizId: undefined });
}

function frame(type: string, headers: Readonly<Record<string, string>>, data: object): Frame {
  const messageId = randomUUID();
  const all = { ...headers, messageId, contentType: 'application/json' };
  const text = JSON.stringify({ specVersion: '1.0', type, headers: all, data: JSON.stringify(data) });
  return { messageId, text };
}

/** Reads an acknowledgement; null for anything else. */
export function readAck(text: string): Ack | null {
  const { code, headers, data } = objectIn(text);
  const { messageId } = (headers ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof code !== 'number' || typeof messageId !== 'string' || typeof data !== 'string') return null;
  const { status } = objectIn(data);
  return { messageId, code, status: typeof status === 'string' ? status : '', data };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // whoever reads it says that something is missing
  }
}
