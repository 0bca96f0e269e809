import { Anchor, Stack, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProviderEntry } from '../../server/contract/catalogue.ts';
import type { ShownChannel } from '../../server/contract/channel.ts';
import { CopyId } from '../parts/copy-id.tsx';
import { CallbackUrl, ConnectionState, DefinitionNote } from './beside-step.tsx';
import classes from './guide.module.css';
import { heldStep } from './guides.ts';
import type { FormControl } from './form-control.ts';
import type { GuideStep } from './guides.ts';
import { SettingInput } from './setting-input.tsx';
import { useTold } from './told.ts';

/** What one step of the guide shows. */
export interface GuideStepProps {
  readonly provider: ProviderEntry;
  readonly control: FormControl;
  /** The channel that is there already. */
  readonly channel?: ShownChannel | undefined;
  readonly step: GuideStep;
  readonly number: number;
  readonly anchor: string;
}

/** One step of the guide. */
export function GuideStepView({ provider, step: given, control, channel, number, anchor }: GuideStepProps) {
  const { t } = useTranslation('channels');
  const isHeld = control.values['callbackType'] === 'persistent';
  const step = isHeld ? heldStep(given, provider) : given;
  const told = useTold();
  return (
    <section className={classes['step']} id={anchor} tabIndex={-1} aria-labelledby={`${anchor}-title`}>
      <div className={classes['head']}>
        <span className={classes['number']} aria-hidden>
          {number}
        </span>
        <Title order={2} id={`${anchor}-title`}>
          {t(`guides.${step.words}.title`)}
        </Title>
      </div>
      <div className={classes['there']}>
        <div className={classes['side']}>{t('atProvider', { label: told(provider.label) })}</div>
        <There provider={provider} step={step} />
      </div>
      <div>
        <div className={classes['side']}>{t('here')}</div>
        <Stack gap="md">
          {step.fields.map((key) => (
            <SettingInput key={key} provider={provider} setting={key} control={control} />
          ))}
          {step.shows === 'permissions' && <Text c="dimmed">{t('permissionsSeen')}</Text>}
          {step.shows === 'definition' && <DefinitionNote provider={provider} channelId={channel?.id} />}
          {step.shows === 'events' &&
            (isHeld ? <ConnectionState channel={channel} /> : <CallbackUrl url={channel?.callbackUrl} />)}
        </Stack>
      </div>
    </section>
  );
}

function There({ provider, step }: { provider: ProviderEntry; step: GuideStep }) {
  const { t } = useTranslation('channels');
  const told = useTold();
  const lines = t(`guides.${step.words}.says`).split('\n');
  const link = step.link === undefined ? undefined : provider.help.links[step.link];
  return (
    <>
      {lines.length === 1 ? (
        <Text>{lines[0]}</Text>
      ) : (
        <ol>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {step.listsSteps === true && (
        <ol>
          {provider.help.steps.map((each) => (
            <li key={each.en}>{told(each)}</li>
          ))}
        </ol>
      )}
      {step.ids.length > 0 && <Ids ids={step.ids} />}
      {link !== undefined && (
        <Anchor
          href={link.url}
          target="_blank"
          rel="noreferrer noopener"
          size="sm"
          mt="xs"
          display="inline-block"
        >
          {t('open', { label: told(link.label) })} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
    </>
  );
}

function Ids({ ids }: { ids: GuideStep['ids'] }) {
  const { t } = useTranslation('channels');
  return (
    <ul className={classes['ids']}>
      {ids.map(({ id, words }) => (
        <li key={id}>
          <CopyId value={id} />
          <Text span size="sm" c="dimmed">
            {t(`guides.${words}`)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
