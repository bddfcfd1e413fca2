import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Flag } from '@vitrail/contracts';
import { useFlags } from '../../api/flags.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import styles from './Flags.module.css';

const route = getRouteApi('/shell/website/flags');

/** Switches and values that programs ask for. */
export function FlagsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const { q = '' } = route.useSearch();
  const list = useFlags(q);
  const make = can('experience.write') ? (
    <Button component={Link} to="/website/flags/new" leftSection={<IconPlus size={16} aria-hidden="true" />}>
      {t('flags.new')}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader title={t('flags.title')} purpose={t('flags.purpose')} actions={make} />
      <Group mb="md">
        <SearchField
          value={q}
          label={t('flags.search')}
          onSearch={(next) => void navigate({ to: '/website/flags', search: { q: next || undefined }, replace: true })}
        />
      </Group>
      <DataTable
        id="flags"
        label={t('flags.title')}
        columns={useColumns()}
        list={list}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/website/flags/$id', params: { id: row.id } })}
        empty={
          <EmptyState title={t('flags.first')} action={make}>
            {t('flags.firstAdvice')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): readonly Column<Flag>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'key',
      header: t('flags.key'),
      cell: (row) => (
        <Link to="/website/flags/$id" params={{ id: row.id }} className={styles.name}>
          {row.definition.key}
        </Link>
      ),
      text: (row) => row.definition.key,
      fixed: true,
      width: '30%',
    },
    {
      id: 'name',
      header: t('flags.name'),
      cell: (row) => row.definition.name || nothing,
      text: (row) => row.definition.name,
    },
    {
      id: 'active',
      header: t('flags.state'),
      cell: (row) => (
        <StatusBadge tone={row.definition.active ? (row.problems.length > 0 ? 'warn' : 'good') : 'quiet'}>
          {t(row.definition.active ? 'flags.on' : 'flags.off')}
        </StatusBadge>
      ),
      text: (row) => String(row.definition.active),
    },
    {
      id: 'default',
      header: t('flags.default'),
      cell: (row) => <code>{JSON.stringify(row.definition.default).slice(0, 40)}</code>,
      text: (row) => JSON.stringify(row.definition.default),
    },
    {
      id: 'rules',
      header: t('flags.rules'),
      cell: (row) => format.number(row.definition.rules.length),
      text: (row) => row.definition.rules.length,
      align: 'end',
    },
    {
      id: 'updated',
      header: t('flags.changed'),
      cell: (row) => format.date(row.updatedAt),
      text: (row) => row.updatedAt,
    },
  ];
}
