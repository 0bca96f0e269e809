import { useTranslation } from 'react-i18next';
import type { VariableCatalogue } from '../../server/contract/catalogue.ts';
import { testVariables } from '../words/test-variables.ts';

/** Tells what a variable means, in the reader's language; an admin's own words are left as they are. */
export function useMeaning(): (variable: VariableCatalogue[number]) => string {
  const { t } = useTranslation('test');
  return ({ name, meaning }) => (meaning === testVariables.en[name] ? t(`meaning.${name}`) : meaning);
}
