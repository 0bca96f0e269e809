import { Anchor, Group, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './page.module.css';

export interface PageProps {
  /** The h1, and the browser tab's title. */
  readonly title: string;
  /** What stands beside the title: a status, an id. */
  readonly beside?: ReactNode;
  /** The page's buttons, right of the title; the main one filled, the others quiet. */
  readonly actions?: ReactNode;
  /** The page above this one. */
  readonly back?: { readonly to: string; readonly label: string };
  /** As high as the window where it is wide, for a page whose parts scroll by themselves: one of them grows. */
  readonly fills?: boolean;
  readonly children: ReactNode;
}

/** A title of so many characters may not be shown whole. */
const LONG = 80;

/** One page within the frame. */
export function Page({ title, beside, actions, back, fills = false, children }: PageProps) {
  const { t } = useTranslation('parts');
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
  return (
    <div className={classes['page']} data-fills={fills || undefined}>
      {back !== undefined && (
        <Anchor component={Link} to={back.to} size="sm" className={classes['back']}>
          <IconArrowLeft size={14} aria-hidden /> {t('back', { label: back.label })}
        </Anchor>
      )}
      <Group justify="space-between" align="center" gap="sm" mb="md" mih={36}>
        <Group gap="sm" align="center" className={classes['head']}>
          <Title order={1} {...(title.length > LONG && { title })}>
            {title}
          </Title>
          {beside}
        </Group>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
