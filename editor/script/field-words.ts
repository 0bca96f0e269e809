import type { TFunction } from 'i18next';
import type { FormField } from '../../server/contract/mapping.ts';
import type { FieldRemark } from './judge-fields.ts';

/** The texts of the script editor in the reader's language. */
export type Words = TFunction<'script'>;

/** More are no help to who reads them in a bubble. */
const MOST_LISTED = 20;

/** What is wrong with a field, and what to do. */
export function wordsForField(
  { kind, name, meant, isRequired = false }: FieldRemark,
  form: readonly FormField[],
  t: Words,
): string {
  if (kind === 'missing') return t('field.missing', { name });
  if (meant !== undefined)
    return t(isRequired ? 'field.requiredMeant' : 'field.unknownMeant', { name, meant });
  const listed = form.slice(0, MOST_LISTED).map((field) => `"${field.name}"`);
  const fields = listed.join(', ');
  const count = form.length - listed.length;
  return t('field.unknown', { name, fields: count > 0 ? t('field.more', { fields, count }) : fields });
}
