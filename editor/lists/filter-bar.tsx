import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import type { ReactNode } from 'react';
import classes from './filters.module.css';

/** The filters above a list. @param props.label what they filter, for those who hear the page */
export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <form
      className={classes['bar']}
      role="search"
      aria-label={label}
      onSubmit={(event) => event.preventDefault()}
    >
      {children}
    </form>
  );
}

export interface ChoiceFilterProps {
  readonly label: string;
  /** What stands for "not filtered by this". */
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Called with '' for any. */
  readonly onChange: (value: string) => void;
}

/** A filter with a handful of values. One that stands in the address and is not among them is shown as it is. */
export function ChoiceFilter({ label, any, value = '', options, onChange }: ChoiceFilterProps) {
  const isOther = value !== '' && !options.some((option) => option.value === value);
  const data = [{ value: '', label: any }, ...options, ...(isOther ? [{ value, label: value }] : [])];
  return (
    <NativeSelect
      label={label}
      data={data}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** So long after the last key a text counts as typed. */
const TYPED_MS = 300;

export interface TextFilterProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string | undefined;
  /** Called once the person pauses. */
  readonly onChange: (value: string) => void;
  readonly wide?: boolean;
  readonly maxLength?: number;
  /** Words to complete by. */
  readonly known?: readonly string[];
}

/** A filter by a text that is typed. Never takes a letter back: what arrives from the address later than it was typed is left alone. */
export function TextFilter(props: TextFilterProps) {
  const { label, placeholder, value = '', onChange, wide = false, maxLength = 200, known } = props;
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Not our own word come back, but a link or the browser's Back.
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  useEffect(() => {
    const typed = text.trim();
    if (typed === sent) return undefined;
    const timer = setTimeout(() => {
      setSent(typed);
      onChange(typed);
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [text, sent, onChange]);
  const list = useId();
  return (
    <>
      <TextInput
        type="search"
        label={label}
        placeholder={placeholder ?? ''}
        maxLength={maxLength}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        {...(wide && { className: classes['search'] ?? '' })}
        {...(known !== undefined && { list })}
      />
      {known !== undefined && (
        <datalist id={list}>
          {known.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}
