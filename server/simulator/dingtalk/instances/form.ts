import { ApiRefusal } from '../refusals.ts';
import type { People } from '../people.ts';
import { componentId, type Field, type Template } from '../templates.ts';
import type { FilledField } from './instance.ts';

// Sizes of protocols/dingtalk.md §2.
const MAX_CONTROLS = 150;
const MAX_VALUE = 65_535;

type Entry = Readonly<Record<string, unknown>>;

const illegal = (message: string): ApiRefusal =>
  new ApiRefusal('illegalComponent', `表单组件入参错误: ${message}`);
const failing = (name: string, why: string): ApiRefusal =>
  new ApiRefusal('formConverterError', `表单数据校验失败，失败控件：${name} (${why})`);

/**
 * Checks `formComponentValues` against the template and answers the filled controls in the template's order.
 * Throws ApiRefusal: illegalComponent for what is no control value at all (every `value` is a string), formConverterError naming
 * the control for what the form does not take.
 */
export function fillForm(values: unknown, template: Template, people: People): readonly FilledField[] {
  if (!Array.isArray(values)) throw illegal('formComponentValues must be an array');
  if (values.length > MAX_CONTROLS) throw illegal(`at most ${MAX_CONTROLS} controls`);
  const filled = new Map<string, FilledField>();
  for (const [index, entry] of (values as readonly unknown[]).entries()) {
    const control = readControl(entry, `formComponentValues[${index}]`);
    const field = template.fields.find((known) => known.name === control.name);
    if (!field) throw failing(control.name, `the form ${template.name} has no such control`);
    if (filled.has(field.name)) throw failing(field.name, 'given twice');
    if (control.componentType !== null && control.componentType !== field.componentType)
      throw failing(field.name, `it is a ${field.componentType}, not a ${control.componentType}`);
    const why = wrongValue(field, control.value, people);
    if (why !== null) throw failing(field.name, why);
    filled.set(field.name, {
      id: componentId(field),
      name: field.name,
      value: control.value,
      extValue: control.extValue,
      componentType: field.componentType,
      bizAlias: '',
    });
  }
  for (const field of template.fields)
    if (field.required && isEmpty(filled.get(field.name)?.value ?? '')) throw failing(field.name, 'required');
  return template.fields.flatMap((field) => filled.get(field.name) ?? []);
}

interface Control {
  readonly name: string;
  readonly value: string;
  readonly extValue: string | null;
  readonly componentType: string | null;
}

function readControl(entry: unknown, where: string): Control {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw illegal(`${where} must be an object`);
  const { name, value, extValue, componentType, details } = entry as Entry;
  if (typeof name !== 'string' || name === '') throw illegal(`${where}.name is required`);
  if (typeof value !== 'string') throw illegal(`${where}.value must be a string (${name})`);
  if (value.length > MAX_VALUE) throw illegal(`${where}.value is longer than ${MAX_VALUE} (${name})`);
  if (!isAbsent(extValue) && (typeof extValue !== 'string' || extValue.length > MAX_VALUE))
    throw illegal(`${where}.extValue must be a string of at most ${MAX_VALUE} (${name})`);
  if (!isAbsent(details) && (!Array.isArray(details) || details.length > MAX_CONTROLS))
    throw illegal(`${where}.details must be an array of at most ${MAX_CONTROLS} (${name})`);
  if (!isAbsent(componentType) && typeof componentType !== 'string')
    throw illegal(`${where}.componentType must be a string`);
  return {
    name,
    value,
    extValue: isAbsent(extValue) ? null : extValue,
    componentType: isAbsent(componentType) ? null : componentType,
  };
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;
const isEmpty = (value: string): boolean => value === '' || value === '[]';

/** Why a control cannot take the value (protocols/dingtalk.md §2, table of values); null when it can. */
function wrongValue(field: Field, value: string, people: People): string | null {
  if (field.componentType === 'TextNote') return 'a note cannot be set';
  if (isEmpty(value)) return null;
  switch (field.componentType) {
    case 'NumberField':
    case 'MoneyField':
    case 'StarRatingField':
      return /^-?\d+(\.\d+)?$/.test(value) ? null : 'not a number';
    case 'DDSelectField':
      return field.options.includes(value) ? null : `${value} is not an option`;
    case 'DDMultiSelectField':
      return wrongList(value, (entry) =>
        field.options.includes(entry) ? null : `${entry} is not an option`,
      );
    case 'DDDateField':
      return isDate(value) ? null : 'not a date such as 2025-05-27 or 2025-05-27 10:00';
    case 'DDDateRangeField':
      return wrongList(value, (entry) => (isDate(entry) ? null : `${entry} is not a date`), 2);
    case 'InnerContactField':
      return wrongList(value, (entry) => (people.byId(entry) ? null : `${entry} is not a user`));
    case 'DDPhotoField':
    case 'RelateField':
      return wrongList(value, () => null);
    case 'DDAttachment':
    case 'TableField':
      return Array.isArray(parsed(value)) ? null : 'not a JSON array';
    default:
      return null;
  }
}

function wrongList(value: string, wrong: (entry: string) => string | null, minimum = 1): string | null {
  const entries = parsed(value);
  if (
    !Array.isArray(entries) ||
    entries.length < minimum ||
    !entries.every((entry) => typeof entry === 'string')
  )
    return 'not a JSON array of strings';
  return entries.map(wrong).find((why) => why !== null) ?? null;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null; // no JSON: the caller says what it wanted instead
  }
}

const isDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?$/.test(value) &&
  !Number.isNaN(Date.parse(value.replace(' ', 'T')));
