import { Switch, Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { MatchKind } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { KindSwitch } from './KindSwitch.tsx';
import styles from './Matching.module.css';
import { DecidedList } from './review/DecidedList.tsx';
import { Desk } from './review/Desk.tsx';

const route = getRouteApi('/shell/reviews');
const tabs = ['open', 'unsure', 'closed'] as const;
type Tab = (typeof tabs)[number];

interface Shown {
  readonly kind: MatchKind;
  readonly tab: Tab;
  readonly mine: boolean;
}

/** Questions that the model is not sure enough to answer by itself. */
export function ReviewsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate();
  const shown: Shown = { kind: search.kind ?? 'people', tab: search.tab ?? 'open', mine: search.mine === true };
  const { kind, tab, mine } = shown;
  const go = (change: Partial<Shown>) => {
    const next = { ...shown, ...change };
    void navigate({
      to: '/reviews',
      search: {
        ...(next.kind === 'people' ? {} : { kind: next.kind }),
        ...(next.tab === 'open' ? {} : { tab: next.tab }),
        ...(next.mine ? { mine: true } : {}),
      },
      replace: true,
    });
  };
  return (
    <>
      <PageHeader
        title={t('review.title')}
        purpose={t('review.purpose')}
        actions={<KindSwitch kind={kind} onChange={(chosen) => go({ kind: chosen })} />}
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => go({ tab: tabs.find((one) => one === next) ?? 'open' })}
      >
        <div className={styles.tabs}>
          <Tabs.List>
            {tabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`review.tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {tab === 'open' ? (
            <Switch
              label={t('review.mine')}
              checked={mine}
              onChange={(event) => go({ mine: event.currentTarget.checked })}
            />
          ) : null}
        </div>
        <Tabs.Panel value="open">
          <Desk key={`${kind} ${mine}`} kind={kind} mine={mine} wanted={search.id} />
        </Tabs.Panel>
        <Tabs.Panel value="unsure">
          <DecidedList kind={kind} state="unsure" />
        </Tabs.Panel>
        <Tabs.Panel value="closed">
          <DecidedList kind={kind} state="closed" />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
