import { Combobox, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ShownChannel } from '../../server/contract/channel.ts';
import type { TaskSummary } from '../../server/contract/task.ts';
import { withQuery } from '../api/client.ts';
import { useRead } from '../api/queries.ts';
import type { PageOf } from '../api/queries.ts';
import { MAIN_PAGES, SETTINGS_PAGES } from './pages.ts';
import { findHits } from './search-hits.ts';
import type { Hit } from './search-hits.ts';
import classes from './search.module.css';
import { useMay } from './session.tsx';

const PAUSE_MS = 200;
const KEPT_MS = 30_000;
/** The longest that the API looks for. */
const LONGEST = 200;

/** Where one types what is looked for, and what was found. @param props.close called when one was chosen, or on Escape */
export function SearchBox({ close }: { close: () => void }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
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

/** What fits, of the pages, mappings and channels known and the tasks that the hub finds. */
function useHits(typed: string): { hits: readonly Hit[]; isLooking: boolean } {
  const { t } = useTranslation('app');
  const isAdmin = useMay('admin');
  const mappings = useRead<PageOf<{ id: string; name: string; approvalDefinitionId: string }>>(
    '/mappings?limit=200',
    { staleMs: KEPT_MS },
  );
  const channels = useRead<PageOf<ShownChannel>>('/channels?limit=200', { staleMs: KEPT_MS });
  const [asked] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const tasks = useRead<PageOf<TaskSummary>>(withQuery('/tasks', { q: asked, limit: 8 }), {
    enabled: asked !== '',
  });
  const pages = [...MAIN_PAGES, ...SETTINGS_PAGES.filter(({ role }) => role !== 'admin' || isAdmin)];
  const known: Hit[] = [
    ...pages.map(({ key, path }) => ({ kind: 'page' as const, name: t(key), path })),
    ...(mappings.data?.items ?? []).map(({ id, name, approvalDefinitionId }) => ({
      kind: 'mapping' as const,
      name,
      detail: approvalDefinitionId,
      path: `/mappings/${id}`,
    })),
    ...(channels.data?.items ?? []).map(({ id, name, type }) => ({
      kind: 'channel' as const,
      name,
      detail: type,
      path: `/channels/${id}`,
    })),
  ];
  // The hub has judged the tasks already.
  const found: Hit[] = (asked === '' || typed.trim() === '' ? [] : (tasks.data?.items ?? [])).map((task) => ({
    kind: 'task',
    name: task.taskId,
    detail: task.taskName,
    path: `/tasks/${encodeURIComponent(task.taskId)}`,
  }));
  return {
    hits: [...findHits(typed, known), ...found],
    isLooking: tasks.isFetching || asked !== typed.trim(),
  };
}
