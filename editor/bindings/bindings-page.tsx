import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Binding } from '../../server/contract/binding.ts';
import type { TaskTypeCatalogue } from '../../server/contract/catalogue.ts';
import { useMay } from '../app/session.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { ErrorState } from '../parts/error-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { Page } from '../parts/page.tsx';
import { AddBinding } from './add-binding.tsx';
import { BindingTable } from './binding-table.tsx';
import { useBindingChanges } from './change.tsx';
import { useBindings, useMappings, useTaskTypes } from './reads.ts';
import type { MappingChoice } from './reads.ts';
import { bindingGroups, groupsWithGaps } from './rows.ts';

/** Which mapping opens the approvals of which task type and subtype, gaps included. */
export default function BindingsPage() {
  const { t } = useTranslation('bindings');
  const reads = [useBindings(), useMappings(), useTaskTypes()] as const;
  const [bindings, mappings, types] = reads;
  const failed = reads.find(({ error, data }) => error !== null && data === undefined);
  const isThere = bindings.data !== undefined && mappings.data !== undefined && types.data !== undefined;
  const mayBind = useMay('editor');
  const [adding, setAdding] = useState(false);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );
  const canAdd = mayBind && isThere && mappings.data.length > 0;
  return (
    <Page title={t('title')} {...(canAdd && { actions: add })}>
      {failed !== undefined && <ErrorState error={failed.error} retry={() => void failed.refetch()} />}
      {failed === undefined && !isThere && <LoadingState words={t('loading')} />}
      {isThere && (
        <Bindings
          bindings={bindings.data}
          mappings={mappings.data}
          catalogue={types.data.items}
          {...{ mayBind, adding }}
          stopAdding={() => setAdding(false)}
        />
      )}
    </Page>
  );
}

interface BindingsProps {
  readonly bindings: readonly Binding[];
  readonly mappings: readonly MappingChoice[];
  readonly catalogue: TaskTypeCatalogue;
  readonly mayBind: boolean;
  readonly adding: boolean;
  readonly stopAdding: () => void;
}

function Bindings({ bindings, mappings, catalogue, mayBind, adding, stopAdding }: BindingsProps) {
  const { t } = useTranslation('bindings');
  const [query, setQuery] = useSearchParams();
  const changes = useBindingChanges();
  const groups = bindingGroups(catalogue, bindings);
  const gaps = groups.reduce((sum, group) => sum + group.gaps, 0);
  const onlyGaps = query.get('gaps') === '1';
  const shown = onlyGaps ? groupsWithGaps(groups) : groups;
  if (mappings.length === 0 && bindings.length === 0)
    return (
      <EmptyState
        title={t('noMappings')}
        text={t('noMappingsText')}
        {...(mayBind && {
          action: (
            <Button component={Link} to="/mappings/new">
              {t('newMapping')}
            </Button>
          ),
        })}
      />
    );
  return (
    <>
      <Text c="dimmed" mb="sm" maw="70ch">
        {t('help')}
      </Text>
      <Group justify="space-between" mb="sm">
        <Text fw={500} role="status">
          {gaps === 0 ? t('noGaps') : t('gaps', { count: gaps })}
        </Text>
        <Checkbox
          label={t('onlyGaps')}
          checked={onlyGaps}
          onChange={(event) => setQuery(event.currentTarget.checked ? { gaps: '1' } : {}, { replace: true })}
        />
      </Group>
      {shown.length === 0 ? (
        <EmptyState title={t('noGaps')} text={t('noGapsText')} />
      ) : (
        <BindingTable groups={shown} mappings={mappings} {...(mayBind && { changes })} />
      )}
      {adding && <AddBinding onClose={stopAdding} {...{ catalogue, bindings, mappings, changes }} />}
    </>
  );
}
