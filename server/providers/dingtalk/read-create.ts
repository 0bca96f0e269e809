import type { CreateCall } from '../protocol.ts';
import { isOldFamily } from './family.ts';

/**
 * What a create call carries (protocols/dingtalk.md §2), in either API family, JSON or form-encoded. Null when that cannot be told
 * for certain: then nothing can be searched for.
 */
export function readCreateCall(call: {
  readonly url: string;
  readonly body: string | null;
}): CreateCall | null {
  const isOld = isOldFamily(call.url);
  const body = readBody(call.body ?? '', isOld);
  if (body === null) return null;
  const [definition, originator, values] = isOld
    ? [body['process_code'], body['originator_user_id'], listIn(body['form_component_values'])]
    : [body['processCode'], body['originatorUserId'], body['formComponentValues']];
  const form = readForm(values);
  if (!isText(definition) || !isText(originator) || form === null) return null;
  return { definitionId: definition, originator, form };
}

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function readBody(text: string, isOld: boolean): Fields | null {
  const json = readJson(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Fields;
  // The old family's own samples are form-encoded, with JSON in the values (§0).
  return isOld && json === undefined ? Object.fromEntries(new URLSearchParams(text)) : null;
}

const listIn = (value: unknown): unknown => (typeof value === 'string' ? readJson(value) : value);

function readForm(values: unknown): { name: string; value: string }[] | null {
  if (!Array.isArray(values) || values.length === 0) return null;
  const form: { name: string; value: string }[] = [];
  for (const entry of values as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) return null;
    const { name, value } = entry as Fields;
    // DingTalk takes texts only; another value would have been refused, so nothing is lost by not searching for it.
    if (!isText(name) || typeof value !== 'string') return null;
    form.push({ name, value });
  }
  return form;
}

/** A text's JSON; undefined when it has none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
