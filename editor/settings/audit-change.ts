import type { AuditLine } from '../../server/contract/audit.ts';

/** One field of what was changed; undefined: it was not there. */
export interface ChangedField {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly isChanged: boolean;
}

type Json = AuditLine['before'];

const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as people read it: texts as they are, the rest as JSON. */
const shown = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/**
 * Sets two states of a thing side by side, field by field: those that differ first. Something that is no object is one field
 * without a name.
 */
export function changedFields(before: Json, after: Json): ChangedField[] {
  if (before === null && after === null) return [];
  if ([before, after].some((side) => side !== null && !isObject(side)))
    return [fieldOf('', before ?? undefined, after ?? undefined)];
  const old = isObject(before) ? before : {};
  const now = isObject(after) ? after : {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const fields = names.map((name) => fieldOf(name, old[name], now[name]));
  return [...fields.filter(({ isChanged }) => isChanged), ...fields.filter(({ isChanged }) => !isChanged)];
}

function fieldOf(field: string, before: Json | undefined, after: Json | undefined): ChangedField {
  const [old, now] = [shown(before), shown(after)];
  return { field, before: old, after: now, isChanged: old !== now };
}

const PAGES: Readonly<Record<string, (id: string) => string>> = {
  channel: (id) => `/channels/${encodeURIComponent(id)}`,
  mapping: (id) => `/mappings/${encodeURIComponent(id)}`,
  draft: (id) => `/mappings/${encodeURIComponent(id)}`,
  task: (id) => `/tasks/${encodeURIComponent(id)}`,
  event: (id) => `/events/${encodeURIComponent(id)}`,
};

/** The page of what a line is about; undefined when it has none, or is gone. */
export const pageOfObject = ({
  objectType,
  objectId,
  action,
}: Pick<AuditLine, 'objectType' | 'objectId' | 'action'>): string | undefined =>
  action === 'delete' ? undefined : PAGES[objectType]?.(objectId);

/** What a thing is called, where its record says so. */
export function nameIn({ before, after }: Pick<AuditLine, 'before' | 'after'>): string | undefined {
  for (const side of [after, before])
    if (isObject(side))
      for (const key of ['name', 'taskType', 'stage']) {
        const name = side[key];
        if (typeof name === 'string' && name !== '') return name;
      }
  return undefined;
}
