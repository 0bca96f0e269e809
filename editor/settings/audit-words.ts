import { useTranslation } from 'react-i18next';
import { auditWords } from '../words/audit-words.ts';

type Action = keyof typeof auditWords.en.actions;
type ObjectType = keyof typeof auditWords.en.objects;

/** What the hub writes today; it may be asked for others too. */
export const ACTIONS = Object.keys(auditWords.en.actions) as Action[];
export const OBJECT_TYPES = Object.keys(auditWords.en.objects) as ObjectType[];

const isAction = (text: string): text is Action => (ACTIONS as string[]).includes(text);
const isObjectType = (text: string): text is ObjectType => (OBJECT_TYPES as string[]).includes(text);

/** Words for what the audit record names; what is not known here is shown in its own word. */
export function useAuditWords(): {
  readonly actionOf: (action: string) => string;
  readonly objectOf: (objectType: string) => string;
} {
  const { t } = useTranslation('settings');
  return {
    actionOf: (action) => (isAction(action) ? t(`audit.actions.${action}`) : action),
    objectOf: (objectType) => (isObjectType(objectType) ? t(`audit.objects.${objectType}`) : objectType),
  };
}
