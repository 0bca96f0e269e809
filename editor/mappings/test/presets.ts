import type { TaskTypeCatalogue, VariableCatalogue } from '../../../server/contract/catalogue.ts';

const SQL = ['SQL_CONTENT', 'SQL_FULL_CONTENT', 'EST_AFFECTED_ROWS'];
const EXPORT = ['EXPORT_METHOD', 'EXPORT_CONTENT', 'EXPORT_OBJECT'];
const PERMISSION = [
  'AUTH_TYPE',
  'AUTH_EXPIRATION_TIME',
  'AUTH_APPLY_TYPE',
  'AUTH_APPLY_OBJECT_DB',
  'AUTH_APPLY_OBJECT_TB',
];
const SENSITIVE = ['AUTH_SENSITIVE'];
const FILE = ['FILE_TYPE'];

/** What only some of the platform's own task types have. */
const SPECIAL = [...SQL, ...EXPORT, ...PERMISSION, ...SENSITIVE, ...FILE];
const HAS: Readonly<Record<string, readonly string[]>> = {
  'SQL task': SQL,
  'SQL code review': SQL,
  'Permission request': [...PERMISSION, ...SENSITIVE],
  'Data export': [...EXPORT, ...FILE, ...SENSITIVE, ...SQL],
  'Data import': FILE,
  'Data generation': ['EST_AFFECTED_ROWS'],
  'Data tracking and rollback': SQL,
  'Data archiving and cleanup': SQL,
};

/** The type that the catalogue's samples were written for. */
const SAMPLE_TYPE = 'SQL task';

/** What an approval is tried with: a variable's name and its value. */
export type VariableValues = Readonly<Record<string, string>>;

/** All samples of the catalogue, as they are. */
export const sampleValues = (catalogue: VariableCatalogue): VariableValues =>
  Object.fromEntries(catalogue.map(({ name, sample }) => [name, sample]));

/**
 * The variables of a sample task of one type: the catalogue's samples without those that tasks of this type do not have. A type that an
 * admin brought has them all, for nobody knows better.
 */
export function presetValues(
  type: TaskTypeCatalogue[number],
  subtype: string | undefined,
  catalogue: VariableCatalogue,
): VariableValues {
  const has = HAS[type.name];
  const leftOut = has === undefined ? [] : SPECIAL.filter((name) => !has.includes(name));
  const kept = catalogue.filter(({ name }) => !leftOut.includes(name));
  const named =
    type.name === SAMPLE_TYPE ? {} : { TASK_NAME: [type.name, subtype].filter(Boolean).join(': ') };
  return { ...sampleValues(kept), ...named, TASK_TYPE: type.name, TASK_SUBTYPE: subtype ?? '' };
}
