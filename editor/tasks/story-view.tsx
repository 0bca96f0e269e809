import { Anchor } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconPointFilled,
  IconRefreshAlert,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { durationText } from '../executions/amounts.ts';
import { CopyId } from '../parts/copy-id.tsx';
import { HubWords } from '../parts/hub-words.tsx';
import { Clock, useDay } from './clock.tsx';
import { detailText } from './story.ts';
import type { StoryLine, TimelineEntry, Tone } from './story.ts';
import { textsOf, titleOf } from './story-words.ts';
import classes from './story-view.module.css';

const MARKS: Readonly<Record<Tone, Icon>> = {
  done: IconPointFilled,
  good: IconCircleCheckFilled,
  bad: IconCircleXFilled,
  warn: IconRefreshAlert,
  busy: IconCircleDashed,
  note: IconPointFilled,
};

export interface StoryViewProps {
  /** See tellStory. */
  readonly story: readonly StoryLine[];
  /** What people call it. */
  readonly provider: string;
  /** Whom or what the task waits for: the story's last line. Left out when it is over. */
  readonly waiting?: string | undefined;
  /** Where a run's logs and trace are shown. */
  readonly pathOfRun: (id: string) => string;
}

/** A task's story line by line, from its submission to its outcome. */
export function StoryView({ story, provider, waiting, pathOfRun }: StoryViewProps) {
  const dayOf = useDay();
  const days = story.map(({ at }) => dayOf(at));
  return (
    <ol className={classes['story']}>
      {story.map((line, index) => (
        <li key={line.key}>
          {days[index] !== days[index - 1] && <div className={classes['day']}>{days[index]}</div>}
          <Line {...lineOf(line)} isLast={index === story.length - 1 && waiting === undefined}>
            {'entry' in line ? (
              <Entry entry={line.entry} provider={provider} />
            ) : (
              <RunLine line={line} to={pathOfRun(line.run.id)} />
            )}
          </Line>
        </li>
      ))}
      {waiting !== undefined && (
        <li>
          <Line tone="busy" isLast>
            <div className={classes['title']}>{waiting}</div>
          </Line>
        </li>
      )}
    </ol>
  );
}

const lineOf = (line: StoryLine): Pick<LineProps, 'tone' | 'at' | 'entry'> => ({
  ...{ tone: line.tone, at: line.at },
  ...('entry' in line && { entry: line.entry }),
});

interface LineProps {
  readonly tone: Tone;
  readonly at?: string;
  readonly entry?: TimelineEntry;
  readonly isLast: boolean;
  readonly children: React.ReactNode;
}

function Line({ tone, at, entry, isLast, children }: LineProps) {
  const Mark = MARKS[tone];
  const isOfProvider = entry?.what === 'record' && at?.includes(':00.000Z') === true;
  return (
    <div className={classes['line']} data-last={isLast}>
      <span className={classes['mark']} data-tone={tone}>
        <Mark size={16} aria-hidden />
      </span>
      <div>{children}</div>
      {at !== undefined && <Clock at={at} minutes={isOfProvider} className={classes['time']} />}
    </div>
  );
}

function Entry({ entry, provider }: { entry: TimelineEntry; provider: string }) {
  const { t } = useTranslation('tasks');
  const code = detailText(entry, 'code');
  const kind = detailText(entry, 'kind');
  const eventId = detailText(entry, 'eventId');
  const instanceId = detailText(entry, 'approvalInstanceId');
  const found = entry.detail['found'];
  return (
    <>
      <div className={classes['title']}>
        {titleOf(entry, t, provider)}
        {eventId !== '' && (
          <>
            {' · '}
            <Anchor component={Link} to={`/events/${eventId}`} inherit underline="always">
              {t('theEvent')}
            </Anchor>
          </>
        )}
      </div>
      {code !== '' && (
        <div className={classes['text']}>
          <code>{code}</code>
          {kind !== '' && ` · ${t('kindIs', { kind })}`}
        </div>
      )}
      {textsOf(entry).map((text) => (
        <div key={text} className={classes['text']}>
          <HubWords text={text} />
        </div>
      ))}
      {instanceId !== '' && <CopyId value={instanceId} />}
      {Array.isArray(found) && found.length > 0 && (
        <div className={classes['text']}>{t('foundThere', { ids: found.join(', ') })}</div>
      )}
    </>
  );
}

function RunLine({ line, to }: { line: Extract<StoryLine, { run: unknown }>; to: string }) {
  const { t } = useTranslation('tasks');
  const stages = useTranslation('executions').t;
  const { run, heldToken, isTold } = line;
  const { ok, stage, durationMs, version, error } = run;
  const facts = [
    durationText(durationMs),
    version === null ? stages('draft') : stages('version', { version }),
    ...(heldToken ? [t('ran.heldToken')] : []),
  ];
  return (
    <>
      <div className={classes['title']}>
        {t(ok ? 'ran.ok' : 'ran.failed', { stage: stages(`stages.${stage}`) })}
        {' · '}
        <Anchor component={Link} to={to} inherit underline="always" preventScrollReset>
          {t('ran.trace')}
        </Anchor>
      </div>
      <div className={classes['text']}>{facts.join(' · ')}</div>
      {error !== undefined && !isTold && (
        <div className={classes['text']}>
          <code>{error.code}</code> <HubWords text={error.message} />
        </div>
      )}
    </>
  );
}
