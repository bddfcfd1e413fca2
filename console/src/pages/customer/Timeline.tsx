import { Skeleton, Stack } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ProfileEvent } from '@vitrail/contracts';
import { Fragment, lazy, Suspense, useState } from 'react';
import { useTimeline } from '../../api/customers.ts';
import { useSourceIndex } from '../../api/sources.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { FilterBar } from '../../ui/table/FilterBar.tsx';
import { LoadMore } from '../../ui/table/LoadMore.tsx';
import styles from './Timeline.module.css';
import { TimelineItem } from './TimelineItem.tsx';

// Loaded when first opened.
const TimelineRecord = lazy(() => import('./TimelineRecord.tsx'));
const route = getRouteApi('/shell/customers/$id');
const types = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

/** What this person did, newest first, by day. */
export function Timeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const search = route.useSearch();
  const { type, source, event } = search;
  const list = useTimeline(id, { type, source, event });
  const sources = useSourceIndex();
  const [opened, setOpened] = useState<ProfileEvent | null>(null);
  const isFiltered = type !== undefined || source !== undefined || event !== undefined;
  const filters = (
    <FilterBar
      filters={[
        {
          id: 'type',
          label: t('timeline.type'),
          options: types.map((one) => ({ value: one, label: t(`eventType.${one}`) })),
        },
        {
          id: 'source',
          label: t('timeline.source'),
          options: [...sources].map(([number, one]) => ({ value: String(number), label: one.name })),
        },
        { id: 'event', label: t('timeline.event') },
      ]}
      values={{ type, source, event }}
      onChange={(name, value) =>
        void navigate({
          to: '/customers/$id',
          params: { id },
          search: { ...search, [name]: value },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
  return (
    <Stack gap="md">
      {filters}
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading ? (
        <Stack gap="sm" aria-busy="true">
          {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
            <Skeleton key={row} height={44} />
          ))}
        </Stack>
      ) : null}
      {!list.isLoading && list.error === null && list.rows.length === 0 ? (
        <EmptyState title={t(isFiltered ? 'timeline.noMatch' : 'timeline.none')}>
          {t(isFiltered ? 'timeline.noMatchAdvice' : 'timeline.noneAdvice')}
        </EmptyState>
      ) : null}
      <ol className={styles.list}>
        {list.rows.map((row, at) => {
          const day = format.date(row.timestamp);
          const previous = list.rows[at - 1];
          const isNewDay = previous === undefined || format.date(previous.timestamp) !== day;
          return (
            <Fragment key={row.messageId}>
              {isNewDay ? <li className={styles.day}>{day}</li> : null}
              <TimelineItem event={row} onOpen={() => setOpened(row)} />
            </Fragment>
          );
        })}
      </ol>
      <LoadMore list={list} />
      {opened === null ? null : (
        <Suspense>
          <TimelineRecord event={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </Stack>
  );
}
