import { z } from 'zod';
import { recordOf } from './record.ts';

/** One task variable of the catalogue: what it means, and a value to try a script with. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  readonly sample: string;
}

/** The 31 task variables, in the guide's order and spelling (`SUBMITER_PHONE` has one T there, and scripts in the wild use it). */
export const VARIABLES = [
  { name: 'TASK_NAME', meaning: 'task name', sample: 'Add index idx_created_at to orders' },
  { name: 'TASK_ID', meaning: 'task id', sample: 'T-2026-1182' },
  { name: 'TASK_TYPE', meaning: 'task type', sample: 'SQL task' },
  { name: 'TASK_SUBTYPE', meaning: 'subtype', sample: 'Suggested improvement' },
  { name: 'COMMENT', meaning: 'remarks', sample: 'Run after 22:00' },
  { name: 'ENV_NAME', meaning: 'environment', sample: 'PROD' },
  { name: 'DATASOURCE_NAME', meaning: 'data source name', sample: 'orders-primary' },
  { name: 'DATASOURCE_URL', meaning: 'data source URL', sample: 'mysql://orders.internal:3306' },
  { name: 'DATABASE', meaning: 'database name', sample: 'orders' },
  { name: 'EXPORT_METHOD', meaning: 'export method', sample: 'SQL' },
  { name: 'EXPORT_CONTENT', meaning: 'export content', sample: 'Data' },
  { name: 'REASON', meaning: 'reason', sample: 'The list of orders is slow' },
  { name: 'AUTH_TYPE', meaning: 'request type', sample: 'Apply' },
  { name: 'SUBMITTER', meaning: 'submitter', sample: 'Li Lei' },
  {
    name: 'SQL_CONTENT',
    meaning: 'SQL text, first 200 characters',
    sample: 'ALTER TABLE orders ADD INDEX idx_created_at (created_at);',
  },
  {
    name: 'SQL_FULL_CONTENT',
    meaning: 'SQL text, up to 5000 characters',
    sample: 'ALTER TABLE orders ADD INDEX idx_created_at (created_at);',
  },
  { name: 'TASK_URL', meaning: 'task request URL', sample: 'https://platform.example/tasks/T-2026-1182' },
  { name: 'FILE_TYPE', meaning: 'export/import file type', sample: 'CSV' },
  { name: 'AUTH_SENSITIVE', meaning: 'sensitive column', sample: 'phone' },
  { name: 'AUTH_EXPIRATION_TIME', meaning: 'permission validity period', sample: '2026-12-31 23:59:59' },
  { name: 'AUTH_APPLY_TYPE', meaning: 'permission type', sample: 'Query' },
  { name: 'CREATE_TIME', meaning: 'submission time', sample: '2026-11-22 10:00:00' },
  { name: 'EST_AFFECTED_ROWS', meaning: 'estimated affected rows', sample: '1200' },
  { name: 'AUTH_APPLY_OBJECT_DB', meaning: 'requested database', sample: 'orders' },
  { name: 'AUTH_APPLY_OBJECT_TB', meaning: 'requested table', sample: 'order_items' },
  { name: 'DATASOURCE_ID', meaning: 'data source id', sample: 'ds-42' },
  { name: 'EXECUTOR', meaning: 'executor', sample: 'Wang Wei' },
  {
    name: 'EXPORT_OBJECT',
    meaning: 'export object: database or table information, or SQL',
    sample: 'orders.order_items',
  },
  { name: 'TASK_DETAILS', meaning: 'task details', sample: 'One index on one table' },
  { name: 'SUBMITER_PHONE', meaning: "submitter's mobile number", sample: '13800000000' },
  { name: 'APPROVAL_CODE', meaning: 'external approval template code', sample: 'PROC-DEMO' },
] as const satisfies readonly Variable[];

export type VariableName = (typeof VARIABLES)[number]['name'];
export type Variables = Readonly<Record<VariableName, string>>;

export const VARIABLE_NAMES: readonly VariableName[] = VARIABLES.map((variable) => variable.name);

const shape = recordOf(VARIABLE_NAMES, () => z.string().optional());

/** What a caller may give: any of the 31, each a string; anything else is refused by name. */
export const givenVariables = z.strictObject(shape);
export type GivenVariables = z.infer<typeof givenVariables>;

/** Characters (code points, never half a surrogate pair) of SQL that SQL_CONTENT and SQL_FULL_CONTENT may hold. */
export const SQL_CONTENT_CHARACTERS = 200;
export const SQL_FULL_CONTENT_CHARACTERS = 5000;

const firstCharacters = (text: string, count: number): string =>
  text.length <= count
    ? text
    : Array.from(text.slice(0, count * 2))
        .slice(0, count)
        .join('');

/**
 * Completes what a caller gave to all 31 variables: absent ones are "", SQL texts are cut by character,
 * and an absent SQL_CONTENT is the start of SQL_FULL_CONTENT.
 */
export function completeVariables(given: GivenVariables): Variables {
  const full = firstCharacters(given.SQL_FULL_CONTENT ?? '', SQL_FULL_CONTENT_CHARACTERS);
  const all = recordOf(VARIABLE_NAMES, (name) => given[name] ?? '');
  all.SQL_FULL_CONTENT = full;
  all.SQL_CONTENT = firstCharacters(given.SQL_CONTENT ?? full, SQL_CONTENT_CHARACTERS);
  return all;
}
