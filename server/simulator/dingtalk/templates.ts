import { createHash } from 'node:crypto';

export type NodeAction = 'AND' | 'OR' | 'NONE';

/** One step of a flow. A template's step without userIds is one whose approver the initiator picks (`targetSelectActioners`). */
export interface FlowNode {
  readonly actionType: NodeAction;
  readonly userIds: readonly string[];
}

export interface Field {
  readonly name: string;
  readonly componentType: string;
  readonly required: boolean;
  readonly options: readonly string[];
}

export interface Template {
  readonly processCode: string;
  readonly name: string;
  readonly fields: readonly Field[];
  /** Empty: decided by DEFAULT_APPROVER. */
  readonly nodes: readonly FlowNode[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Controls a form can have (protocols/dingtalk.md §2). */
export const COMPONENT_TYPES = [
  'TextField',
  'TextareaField',
  'NumberField',
  'MoneyField',
  'StarRatingField',
  'DDSelectField',
  'DDMultiSelectField',
  'DDDateField',
  'DDDateRangeField',
  'DDPhotoField',
  'TableField',
  'DDAttachment',
  'InnerContactField',
  'DepartmentField',
  'RelateField',
  'AddressField',
  'PhoneField',
  'TextNote',
] as const;

/** Who decides a template that names nobody (docs/simulator.md). */
export const DEFAULT_APPROVER = 'user-wang';

/** The flow a template prescribes. */
export const flowOf = (template: Template): readonly FlowNode[] =>
  template.nodes.length > 0 ? template.nodes : [{ actionType: 'NONE', userIds: [DEFAULT_APPROVER] }];

/** Key under which the initiator's pick for step `index` is sent; forecast tells it (§2 "Flow forecast"). */
export const actorKey = (index: number): string => `manual_${String(index).padStart(4, '0')}`;

/** A control's id in DingTalk's form, `TextField-K2AD4O5B`; the same name always has the same one. */
export function componentId(field: Field): string {
  const hash = createHash('sha1')
    .update(`${field.componentType}/${field.name}`, 'utf8')
    .digest()
    .readBigUInt64BE();
  return `${field.componentType}-${hash.toString(36).toUpperCase().padStart(8, '0').slice(0, 8)}`;
}

/**
 * The answer of `GET /v1.0/workflow/forms/schemas/processCodes` for a template
 * (official page obtain-the-form-schema): controls under schemaContent.items, times as texts of epoch milliseconds.
 */
export function schemaOf(template: Template, corpId: string): Record<string, unknown> {
  const uuid = createHash('sha1').update(template.processCode, 'utf8').digest('hex').toUpperCase();
  return {
    creatorUserId: DEFAULT_APPROVER,
    appUuid: corpId,
    formCode: template.processCode,
    formUuid: `FORM-${uuid.slice(0, 8)}-${uuid.slice(8, 12)}-${uuid.slice(12, 16)}-${uuid.slice(16, 20)}-${uuid.slice(20, 32)}`,
    name: template.name,
    memo: '',
    ownerIdType: 'orgId',
    schemaContent: { title: template.name, icon: 'common', items: template.fields.map(schemaItem) },
    appType: 0,
    bizType: '',
    engineType: 0,
    status: 'PUBLISHED',
    listOrder: 0,
    procType: 'inner',
    gmtCreate: String(template.createdAt),
    gmtModified: String(template.modifiedAt),
  };
}

function schemaItem(field: Field): Record<string, unknown> {
  const options = { options: field.options, objOptions: field.options.map((value) => ({ value })) };
  return {
    componentName: field.componentType,
    props: {
      id: componentId(field),
      label: field.name,
      required: field.required,
      ...(field.options.length > 0 ? options : {}),
    },
  };
}
