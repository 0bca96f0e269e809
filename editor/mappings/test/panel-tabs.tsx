import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TABS } from './tabs.ts';
import type { Tab } from './tabs.ts';
import classes from './test-panel.module.css';

export interface PanelTabsProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  /** What a tab holds so many of, where that is worth knowing. */
  readonly counts: Readonly<Partial<Record<Tab, number>>>;
  /** What each tab shows; one without is left out. Only the chosen one is there. */
  readonly panes: Readonly<Partial<Record<Tab, ReactNode>>>;
}

/** The parts of the panel, one at a time. */
export function PanelTabs({ tab, onTab, counts, panes }: PanelTabsProps) {
  const { t } = useTranslation('test');
  const shown = TABS.filter((each) => panes[each] !== undefined);
  return (
    <Tabs
      className={classes['tabs']}
      value={tab}
      onChange={(value) => {
        const chosen = TABS.find((each) => each === value);
        if (chosen !== undefined) onTab(chosen);
      }}
      keepMounted={false}
    >
      <Tabs.List>
        {shown.map((each) => (
          <Tabs.Tab key={each} value={each} px={8}>
            {t(`tabs.${each}`)}
            {(counts[each] ?? 0) > 0 && ` ${counts[each]}`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {shown.map((each) => (
        <Tabs.Panel key={each} value={each} className={classes['pane']}>
          {panes[each]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
