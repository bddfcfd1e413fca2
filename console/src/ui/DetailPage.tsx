import { Group, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './DetailPage.module.css';
import { PageHeader } from './PageHeader.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';

interface DetailPageProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'isPending' | 'error' | 'refetch'>;
  /** The list it stands in. */
  readonly back: {
    readonly to: '/lookalikes' | '/segments/outside' | '/messages/campaigns' | '/messages/journeys';
    readonly label: string;
  };
  readonly title: (one: T) => string;
  readonly state?: (one: T) => ReactNode;
  /** One line: what it is about. */
  readonly purpose?: (one: T) => ReactNode;
  readonly actions?: (one: T) => ReactNode;
  readonly children: (one: T) => ReactNode;
}

/** The page of one thing of a list: the way back, its name and state, what can be done with it; then what it is. */
export function DetailPage<T>({ query, back, title, state, purpose, actions, children }: DetailPageProps<T>) {
  const { data } = query;
  const above = (
    <Link to={back.to} className={styles.back}>
      <IconArrowLeft size={14} aria-hidden="true" /> {back.label}
    </Link>
  );
  if (query.isPending)
    return (
      <Stack aria-busy="true">
        {above}
        <Skeleton height={60} />
        <Skeleton height={320} />
      </Stack>
    );
  if (data === undefined)
    return (
      <Stack>
        {above}
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </Stack>
    );
  const about = purpose?.(data);
  return (
    <>
      <PageHeader
        above={above}
        title={title(data)}
        purpose={
          <Group gap="xs">
            {state?.(data)}
            {about === undefined || about === '' ? null : <span className={styles.purpose}>{about}</span>}
          </Group>
        }
        actions={actions?.(data)}
      />
      {children(data)}
    </>
  );
}

interface DetailTabsProps<Tab extends string> {
  readonly tabs: readonly Tab[];
  readonly value: Tab;
  readonly label: (tab: Tab) => string;
  readonly onChange: (tab: Tab) => void;
  readonly children: ReactNode;
}

/** Tabs of such a page; which is open stands in the address. `children`: the panels. */
export function DetailTabs<Tab extends string>({ tabs, value, label, onChange, children }: DetailTabsProps<Tab>) {
  return (
    <Tabs
      value={value}
      keepMounted={false}
      onChange={(next) => {
        const chosen = tabs.find((tab) => tab === next);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <Tabs.List mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {label(tab)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {children}
    </Tabs>
  );
}
