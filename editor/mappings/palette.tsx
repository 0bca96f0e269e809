import { Button, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import {
  IconBraces,
  IconChevronDown,
  IconExternalLink,
  IconIndentIncrease,
  IconVariable,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry, VariableCatalogue } from '../../server/contract/catalogue.ts';
import type { FormField } from '../../server/contract/mapping.ts';
import { useMeaning } from '../parts/meaning.ts';
import type { ScriptHandle } from '../script/script-editor.tsx';
import { fieldSnippet, plain, snippetsOf } from './snippets.ts';
import classes from './mapping.module.css';
import { STAGE_SCOPE } from './stages.ts';
import type { Stage } from './stages.ts';

interface PaletteProps {
  readonly stage: Stage;
  readonly handle: ScriptHandle | undefined;
  readonly provider: ProviderEntry;
  readonly variables: VariableCatalogue;
  readonly form: readonly FormField[] | undefined;
  readonly mayEdit: boolean;
}

/** What can be put into a script at the cursor, the provider's client to read, and the formatter. */
export function Palette({ stage, handle, provider, variables, form, mayEdit }: PaletteProps) {
  const { t } = useTranslation('mapping');
  const insert = (snippet: string): void => handle?.insert(snippet);
  return (
    <Group gap="xs">
      {mayEdit && (
        <>
          <Drop
            label={t('variables')}
            icon={<IconVariable size={16} aria-hidden />}
            isOff={handle === undefined}
          >
            {(done) => (
              <VariableList {...{ stage, variables }} choose={(name) => done(() => insert(plain(name)))} />
            )}
          </Drop>
          <Drop
            label={t('snippets')}
            icon={<IconBraces size={16} aria-hidden />}
            isOff={handle === undefined}
          >
            {(done) => (
              <SnippetList
                {...{ stage, form }}
                client={provider.name}
                choose={(text) => done(() => insert(text))}
              />
            )}
          </Drop>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconIndentIncrease size={16} aria-hidden />}
            disabled={handle === undefined}
            onClick={() => void handle?.format().then(() => handle.focus())}
          >
            {t('format')}
          </Button>
        </>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        title={t('clientHelp')}
        rightSection={<IconExternalLink size={14} aria-hidden />}
        disabled={handle === undefined}
        onClick={() => handle?.openClient()}
      >
        {t('client', { name: provider.name })}
      </Button>
    </Group>
  );
}

interface DropProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly isOff: boolean;
  /** What it holds; `done` closes it, and then does what was chosen. */
  readonly children: (done: (then: () => void) => void) => ReactNode;
}

function Drop({ label, icon, isOff, children }: DropProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="top-start"
      width={380}
      shadow="md"
      trapFocus
      // What was chosen goes on in the script, not back to the button.
      returnFocus={false}
      transitionProps={{ duration: 100 }}
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          disabled={isOff}
          onClick={() => setOpen((open) => !open)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={label}>
        {children((then) => {
          setOpen(false);
          // Once the popover has let go of the focus.
          setTimeout(then);
        })}
      </Popover.Dropdown>
    </Popover>
  );
}

interface VariableListProps {
  readonly stage: Stage;
  readonly variables: VariableCatalogue;
  readonly choose: (name: string) => void;
}

function VariableList({ stage, variables, choose }: VariableListProps) {
  const { t } = useTranslation('mapping');
  const meaningOf = useMeaning();
  const [wanted, setWanted] = useState('');
  const has = (...texts: readonly string[]): boolean =>
    texts.some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase()));
  const own = STAGE_SCOPE[stage].filter((name) => has(name));
  const ofTask = variables.filter((variable) => has(variable.name, variable.meaning, meaningOf(variable)));
  const first = own[0] ?? ofTask[0]?.name;
  return (
    <Stack gap="xs">
      <TextInput
        data-autofocus
        size="xs"
        aria-label={t('variablesSearch')}
        placeholder={t('variablesSearch')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined) choose(first);
        }}
      />
      <div className={classes['palette']}>
        {own.length > 0 && <Heading>{t('scopeTitle')}</Heading>}
        {own.map((name) => (
          <Choice key={name} name={name} choose={() => choose(name)} />
        ))}
        {ofTask.length > 0 && <Heading>{t('taskTitle')}</Heading>}
        {ofTask.map((variable) => (
          <Choice
            key={variable.name}
            name={variable.name}
            help={`${meaningOf(variable)} · ${t('sample', { sample: variable.sample })}`}
            choose={() => choose(variable.name)}
          />
        ))}
        {first === undefined && (
          <Text size="sm" p="xs">
            {t('variablesNone')}
          </Text>
        )}
      </div>
    </Stack>
  );
}

interface SnippetListProps {
  readonly stage: Stage;
  readonly form: readonly FormField[] | undefined;
  readonly client: string;
  readonly choose: (snippet: string) => void;
}

function SnippetList({ stage, form = [], client, choose }: SnippetListProps) {
  const { t } = useTranslation('mapping');
  return (
    <div className={classes['palette']}>
      {snippetsOf(stage, client).map(({ key, text }, index) => (
        <Choice
          key={key}
          isFirst={index === 0}
          label={t(`snippet.${key}`)}
          help={t(`snippet.${key}Help`)}
          choose={() => choose(text)}
        />
      ))}
      {stage === 'create' && form.length > 0 && <Heading>{t('snippet.fieldOfForm')}</Heading>}
      {stage === 'create' &&
        form.map((field) => (
          <Choice
            key={field.name}
            label={field.name}
            help={field.required ? `${field.type} · ${t('snippet.fieldRequired')}` : field.type}
            choose={() => choose(fieldSnippet(field))}
          />
        ))}
    </div>
  );
}

const Heading = ({ children }: { children: ReactNode }) => (
  <Text size="xs" fw={600} c="dimmed" px="xs" pt="xs">
    {children}
  </Text>
);

interface ChoiceProps {
  readonly choose: () => void;
  /** A name of the script. */
  readonly name?: string;
  readonly label?: string;
  readonly help?: string;
  readonly isFirst?: boolean;
}

function Choice({ choose, name, label, help, isFirst = false }: ChoiceProps) {
  return (
    <UnstyledButton
      className={classes['choice']}
      onClick={choose}
      {...(isFirst && { 'data-autofocus': true })}
    >
      <Text size="sm" span className={name === undefined ? undefined : 'mono'}>
        {name ?? label}
      </Text>
      {help !== undefined && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {help}
        </Text>
      )}
    </UnstyledButton>
  );
}
