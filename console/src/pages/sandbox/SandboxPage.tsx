import { Button, Select } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { channels, type SandboxListItem } from '@vitrail/contracts';
import { useState } from 'react';
import { useSandbox } from '../../api/channels.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, nothing } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { SandboxDrawer } from './SandboxDrawer.tsx';

const route = getRouteApi('/shell/messages/sandbox');

/** What would have been sent, had there been a provider. */
export function SandboxPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asked = route.useSearch().channel;
  const channel = channels.find((each) => each === asked);
  const list = useSandbox(channel);
  const [opened, setOpened] = useState<SandboxListItem | null>(null);
  const columns: readonly Column<SandboxListItem>[] = [
    {
      id: 'title',
      header: t('sandbox.message'),
      cell: (row) => (
        <Button variant="subtle" size="compact-sm" ml={-8} onClick={() => setOpened(row)}>
          {row.title}
        </Button>
      ),
      text: (row) => row.title,
      fixed: true,
      width: '36%',
    },
    { id: 'to', header: t('messages.person'), cell: (row) => row.to, text: (row) => row.to, width: '24%' },
    {
      id: 'channel',
      header: t('messages.channel'),
      cell: (row) => t(`messages.channelOf.${row.channel}`),
      text: (row) => row.channel,
    },
    {
      id: 'customer',
      header: t('messages.customer'),
      cell: (row) =>
        row.profile === null ? (
          nothing
        ) : (
          <Link to="/customers/$id" params={{ id: row.profile }}>
            {t('sandbox.openCustomer')}
          </Link>
        ),
    },
    {
      id: 'at',
      header: t('messages.when'),
      cell: (row) => <DateTime at={row.at} />,
      text: (row) => row.at,
      align: 'end',
    },
  ];
  return (
    <>
      <PageHeader title={t('place.sandbox')} purpose={t('sandbox.purpose')} />
      <DataTable
        id="sandbox"
        label={t('place.sandbox')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        onOpen={setOpened}
        filters={
          <Select
            aria-label={t('messages.channel')}
            placeholder={t('sandbox.anyChannel')}
            clearable
            w={220}
            value={channel ?? null}
            data={channels.map((value) => ({ value, label: t(`messages.channelOf.${value}`) }))}
            onChange={(value) =>
              void navigate({
                to: '/messages/sandbox',
                search: { channel: channels.find((each) => each === value) },
                replace: true,
              })
            }
          />
        }
        empty={<EmptyState title={t('sandbox.none')}>{t('sandbox.noneAdvice')}</EmptyState>}
      />
      {opened === null ? null : <SandboxDrawer item={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
