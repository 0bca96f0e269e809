import type { TFunction } from 'i18next';
import type { VariableCatalogue } from '../../../server/contract/catalogue.ts';
import { testVariables } from '../../words/test-variables.ts';

/** What a variable means, in the reader's language; an admin's own words are left as they are. */
export const meaningOf = (t: TFunction<'test'>, { name, meaning }: VariableCatalogue[number]): string =>
  meaning === testVariables.en[name] ? t(`meaning.${name}`) : meaning;
