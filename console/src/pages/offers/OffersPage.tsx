import { Button, Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Offer, OfferState } from '@vitrail/contracts';
import { useOffers } from '../../api/offers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Money, Num, nothing } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { CodePools } from './CodePools.tsx';
import styles from './Offers.module.css';
import { Programme } from './Programme.tsx';

const route = getRouteApi('/shell/messages/offers');
const tabs = ['offers', 'codes', 'points'] as const;
export const offerTones: Readonly<Record<OfferState, Tone>> = {
  draft: 'quiet',
  active: 'good',
  paused: 'warn',
  archived: 'quiet',
};

/** What is given to whom, the codes that go with it, and points. */
export function OffersPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { tab = 'offers' } = route.useSearch();
  const navigate = useNavigate();
  const make = can('messages.write') ? (
    <Button
      onClick={() => void navigate({ to: '/messages/offers/$id', params: { id: 'new' } })}
      leftSection={<IconPlus size={16} aria-hidden="true" />}
    >
      {t('offers.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('place.offers')} purpose={t('offers.lead')} actions={make} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            to: '/messages/offers',
            search: { tab: tabs.find((one) => one === next) ?? 'offers' },
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`offers.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="offers">
          <OfferTable make={make} />
        </Tabs.Panel>
        <Tabs.Panel value="codes">
          <CodePools />
        </Tabs.Panel>
        <Tabs.Panel value="points">
          <Programme />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function OfferTable({ make }: { make: React.ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useOffers();
  const columns: readonly Column<Offer>[] = [
    {
      id: 'name',
      header: t('offers.name'),
      cell: (row) => (
        <Link to="/messages/offers/$id" params={{ id: String(row.id) }} className={styles.name}>
          {row.name}
        </Link>
      ),
      text: (row) => row.name,
      fixed: true,
      width: '28%',
    },
    {
      id: 'state',
      header: t('offers.stateTitle'),
      cell: (row) => <StatusBadge tone={offerTones[row.state]}>{t(`offers.state.${row.state}`)}</StatusBadge>,
      text: (row) => row.state,
    },
    {
      id: 'until',
      header: t('offers.until'),
      cell: (row) => (row.endsAt === null ? nothing : <DateTime at={row.endsAt} />),
      text: (row) => row.endsAt,
    },
    {
      id: 'claimed',
      header: t('offers.claimed'),
      cell: (row) => (row.code.kind === 'unique' ? <Num value={row.claimed} /> : nothing),
      text: (row) => row.claimed,
      align: 'end',
    },
    {
      id: 'redeemed',
      header: t('offers.redeemed'),
      cell: (row) => <Num value={row.redeemed} />,
      text: (row) => row.redeemed,
      align: 'end',
    },
    {
      id: 'revenue',
      header: t('offers.revenue'),
      cell: (row) => <Money amount={row.revenue} />,
      text: (row) => row.revenue,
      align: 'end',
    },
    {
      id: 'problems',
      header: t('offers.problems'),
      cell: (row) => <Num value={row.problems} />,
      text: (row) => row.problems,
      align: 'end',
      optional: true,
    },
  ];
  return (
    <DataTable
      id="offers"
      label={t('place.offers')}
      columns={columns}
      list={list}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => void navigate({ to: '/messages/offers/$id', params: { id: String(row.id) } })}
      empty={
        <EmptyState title={t('offers.none')} action={make}>
          {t('offers.noneAdvice')}
        </EmptyState>
      }
    />
  );
}
