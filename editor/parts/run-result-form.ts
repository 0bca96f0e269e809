import type { FormField } from '../../server/contract/mapping.ts';

/** One control as the create call fills it in. */
export interface SentField {
  readonly name: string;
  readonly value: string;
}

/**
 * `filled` and `empty` are as they should be. `missing`: the form requires it, and nothing is sent. `unknown`: sent, but the form has no such
 * control. `notOffered`: not one of the control's options.
 */
export type RowState = 'filled' | 'empty' | 'missing' | 'unknown' | 'notOffered';

/** One line of the form as the provider will show it. */
export interface FormRow extends SentField {
  readonly state: RowState;
  /** Of the provider's form; "" for a control that is not in it, or when the form is not known. */
  readonly type: string;
  readonly required: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list within a text, as some providers want the form. */
function listIn(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // A text that only looks like a list.
    return value;
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

const fieldsOf = (list: readonly unknown[]): SentField[] =>
  list.flatMap((item) =>
    isObject(item) && 'value' in item
      ? [{ name: asText(item['name'] ?? item['title'] ?? item['id']), value: asText(item['value']) }]
      : [],
  );

/** How deep the form lies in any provider's request. */
const DEEPEST = 4;

interface Found {
  readonly path: string;
  readonly fields: readonly SentField[];
}

/** Providers differ in where the form stands in their request; in all of them it is the longest list of things with a value. */
function findForm(value: unknown, path: string, depth: number): Found | undefined {
  const read = listIn(value);
  const isForm = Array.isArray(read) && read.length > 0 && fieldsOf(read).length === read.length;
  if (isForm) return { path, fields: fieldsOf(read) };
  if (depth === DEEPEST || !isObject(read)) return undefined;
  return Object.entries(read)
    .map(([key, inner]) => findForm(inner, path === '' ? key : `${path}.${key}`, depth + 1))
    .reduce(
      (best, each) => ((each?.fields.length ?? 0) > (best?.fields.length ?? 0) ? each : best),
      undefined,
    );
}

/** The form within a create call's body; undefined when there is none to be seen. */
export const sentFields = (prepared: unknown): readonly SentField[] | undefined =>
  findForm(prepared, '', 0)?.fields;

/** What else the create call carries: people, departments, the form's id. */
export function sentBeside(prepared: unknown): { readonly name: string; readonly value: string }[] {
  if (!isObject(prepared)) return [];
  const [form] = findForm(prepared, '', 0)?.path.split('.') ?? [];
  return Object.entries(prepared)
    .filter(([key, value]) => key !== form && value !== undefined)
    .map(([key, value]) => ({ name: key, value: asText(value) }));
}

/** `["Start","End"]`: a control with two titles, whatever blanks stand in it. */
const sameName = (a: string, b: string): boolean =>
  a === b || (a.startsWith('[') && a.replace(/\s*,\s*/g, ',') === b.replace(/\s*,\s*/g, ','));

/** One option, or several as JSON. */
function isOffered(value: string, options: readonly string[]): boolean {
  const read = listIn(value);
  return (Array.isArray(read) ? read : [value]).every((each) => options.some((option) => option === each));
}

function stateOf({ required, options = [] }: FormField, value: string): RowState {
  if (value === '') return required ? 'missing' : 'empty';
  return options.length > 0 && !isOffered(value, options) ? 'notOffered' : 'filled';
}

/**
 * The form as the provider will show it: its controls in their order with what is sent for each, then what is sent for none.
 * @param form undefined or empty when the provider's form is not known: then all that is sent is taken as it is
 */
export function besideForm(form: readonly FormField[] | undefined, sent: readonly SentField[]): FormRow[] {
  if (form === undefined || form.length === 0)
    return sent.map((field) => ({
      ...field,
      ...{ state: field.value === '' ? 'empty' : 'filled', type: '', required: false },
    }));
  const known = form.map((control): FormRow => {
    const { name, type, required } = control;
    const value = sent.find((field) => sameName(name, field.name))?.value ?? '';
    return { name, value, type, required, state: stateOf(control, value) };
  });
  const unknown = sent
    .filter((field) => !form.some(({ name }) => sameName(name, field.name)))
    .map((field): FormRow => ({ ...field, type: '', required: false, state: 'unknown' }));
  return [...known, ...unknown];
}
