import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import { missingOf } from './channel-form.ts';
import type { ChannelForm } from './channel-form.ts';

/** A form's state, and what its inputs need to show and change it. */
export interface FormControl {
  readonly values: ChannelForm;
  /** The hub's words for each wrong field; a field that is changed loses its own. */
  readonly errors: Readonly<Record<string, string>>;
  /** Secrets that are kept already, as the API shows them ("••••ab"); "" where there is none. */
  readonly kept: Readonly<Record<string, string>>;
  /** The kept secrets that are to be others. */
  readonly replaced: ReadonlySet<string>;
  readonly readOnly: boolean;
  readonly set: (key: string, value: string) => void;
  /** Puts several values in at once. */
  readonly fill: (values: ChannelForm) => void;
  /** Begins to replace a kept secret, or thinks better of it. */
  readonly replace: (key: string, replaced: boolean) => void;
  /** Shows what is wrong, by setting, and goes to the first of them. */
  readonly refuse: (errors: Readonly<Record<string, string>>) => void;
  /** Whether all that must be filled in is; if not, shows what is missing. */
  readonly isComplete: () => boolean;
  /** Begins anew with other values. */
  readonly reset: (values: ChannelForm) => void;
}

/** The id of a setting's input, by which a wrong one is found again. */
export const inputId = (key: string): string => `setting-${key}`;

/**
 * Holds the state of a channel's form.
 * @param provider whose settings they are
 * @param options.kept the channel's secrets as the API shows them; absent for a new channel
 * @param options.onChange told of all values after every change by a person
 */
export function useFormControl(
  provider: ProviderEntry,
  initial: ChannelForm,
  {
    kept = {},
    readOnly = false,
    onChange,
  }: {
    kept?: Readonly<Record<string, string>>;
    readOnly?: boolean;
    onChange?: (values: ChannelForm) => void;
  } = {},
): FormControl {
  const { t } = useTranslation('channels');
  const [values, setValues] = useState(initial);
  const [replaced, setReplaced] = useState<ReadonlySet<string>>(new Set());
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  return useMemo(() => {
    const fill = (given: ChannelForm): void => {
      const next = { ...values, ...given };
      setValues(next);
      setErrors(Object.fromEntries(Object.entries(errors).filter(([key]) => !(key in given))));
      onChange?.(next);
    };
    const refuse = (found: Readonly<Record<string, string>>): void => {
      setErrors(found);
      const [first] = Object.keys(found);
      // After the errors are drawn: they may open what was folded.
      if (first !== undefined) requestAnimationFrame(() => document.getElementById(inputId(first))?.focus());
    };
    return {
      ...{ values, errors, kept, replaced, readOnly, fill, refuse },
      set: (key, value) => fill({ [key]: value }),
      replace(key, isReplaced) {
        setReplaced((before) => {
          const next = new Set(before);
          if (isReplaced) next.add(key);
          else next.delete(key);
          return next;
        });
        fill({ [key]: '' });
      },
      isComplete() {
        const missing = missingOf(provider, values, kept, replaced);
        if (missing.length > 0) refuse(Object.fromEntries(missing.map((key) => [key, t('required')])));
        return missing.length === 0;
      },
      reset(next) {
        setValues(next);
        setReplaced(new Set());
        setErrors({});
      },
    };
  }, [provider, values, errors, kept, replaced, readOnly, onChange, t]);
}
