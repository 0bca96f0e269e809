import { Combobox, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import classes from './search.module.css';
import { useHits } from './use-hits.ts';

/** The longest that the API looks for. */
const LONGEST = 200;

interface SearchBoxProps {
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  /** Called when one was chosen, or on Escape. */
  readonly close: () => void;
}

/** Where one types what is looked for, and what was found. */
export function SearchBox({ typed, setTyped, close }: SearchBoxProps) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const { hits, isLooking } = useHits(typed);
  // Always open: what closes is the dialog around it.
  const combobox = useCombobox({ opened: true, onDropdownClose: close });
  const { selectFirstOption } = combobox;
  const best = hits[0]?.path;
  // What Enter goes to. Tasks come later than the letters that ask for them: it is chosen when they are there.
  useEffect(() => {
    selectFirstOption();
  }, [typed, best, selectFirstOption]);
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      onOptionSubmit={(path) => {
        close();
        void navigate(path);
      }}
    >
      <Combobox.EventsTarget>
        <TextInput
          data-autofocus
          aria-label={t('search.placeholder')}
          placeholder={t('search.placeholder')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          maxLength={LONGEST}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <ScrollArea.Autosize mah="50vh" mt="xs" type="auto">
        <Combobox.Options aria-label={t('search.title')} mih={240}>
          {hits.map(({ kind, name, detail, path }) => (
            <Combobox.Option key={path} value={path} className={classes['hit'] ?? ''}>
              <span className={classes['name']}>
                {name}
                {detail !== undefined && (
                  <Text component="span" size="sm" c="dimmed" ml="xs">
                    {detail}
                  </Text>
                )}
              </span>
              <Text component="span" size="xs" c="dimmed">
                {t(`search.${kind}`)}
              </Text>
            </Combobox.Option>
          ))}
          {hits.length === 0 && (
            <Combobox.Empty>{isLooking ? t('search.looking') : t('search.none')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </ScrollArea.Autosize>
    </Combobox>
  );
}
