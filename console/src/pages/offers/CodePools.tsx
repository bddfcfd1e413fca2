import { Button, FileButton, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CouponPool } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { createPool, generateCodes, importCodes, poolsQuery } from '../../api/offers.ts';
import { wholeList } from '../../api/pages.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime, Num } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';

/** Codes for one person each, and how many are left. */
export function CodePools() {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useQuery(poolsQuery(useApi()));
  const [adding, setAdding] = useState(false);
  const [filling, setFilling] = useState<CouponPool | null>(null);
  const editable = can('messages.write');
  const add = editable ? (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('pools.new')}
    </Button>
  ) : undefined;
  const columns: readonly Column<CouponPool>[] = [
    { id: 'name', header: t('pools.name'), cell: (row) => row.name, text: (row) => row.name, fixed: true },
    {
      id: 'remaining',
      header: t('pools.remaining'),
      cell: (row) => <Num value={row.remaining} />,
      text: (row) => row.remaining,
      align: 'end',
    },
    {
      id: 'codes',
      header: t('pools.codes'),
      cell: (row) => <Num value={row.codes} />,
      text: (row) => row.codes,
      align: 'end',
    },
    {
      id: 'redeemed',
      header: t('pools.redeemed'),
      cell: (row) => <Num value={row.redeemed} />,
      text: (row) => row.redeemed,
      align: 'end',
    },
    {
      id: 'createdAt',
      header: t('pools.since'),
      cell: (row) => <DateTime at={row.createdAt} only="date" />,
      text: (row) => row.createdAt,
    },
    ...(editable
      ? [
          {
            id: 'fill',
            header: t('pools.fill'),
            cell: (row: CouponPool) => (
              <Button size="compact-xs" variant="default" onClick={() => setFilling(row)}>
                {t('pools.fill')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Stack gap="md">
      {add === undefined ? null : <Group>{add}</Group>}
      <DataTable
        id="pools"
        label={t('offers.tab.codes')}
        columns={columns}
        list={wholeList({ ...query, data: query.data?.items })}
        rowKey={(row) => String(row.id)}
        empty={<EmptyState title={t('pools.none')}>{t('pools.noneAdvice')}</EmptyState>}
      />
      {adding ? <NewPool onClose={() => setAdding(false)} /> : null}
      {filling === null ? null : <FillPool pool={filling} onClose={() => setFilling(null)} />}
    </Stack>
  );
}

function NewPool({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const save = useMutation({
    mutationFn: () => createPool(api, name.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['couponPools'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('pools.new')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('pools.name')}
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('pools.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** New random codes, or those that the till knows. */
function FillPool({ pool, onClose }: { pool: CouponPool; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [count, setCount] = useState<number | string>(1_000);
  const [prefix, setPrefix] = useState('');
  const [length, setLength] = useState<number | string>(10);
  const done = async ({ added, known, rejected }: { added: number; known: number; rejected: number }) => {
    await client.invalidateQueries({ queryKey: ['couponPools'] });
    notifications.show({ message: t('pools.filled', { added, known, rejected }) });
    onClose();
  };
  const generate = useMutation({
    mutationFn: () => generateCodes(api, pool.id, { count: Number(count), prefix, length: Number(length) }),
    onSuccess: done,
  });
  const upload = useMutation({
    mutationFn: async (file: File) => importCodes(api, pool.id, await file.text()),
    onSuccess: done,
  });
  const error = generate.error ?? upload.error;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('pools.fillTitle', { name: pool.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          generate.mutate();
        }}
      >
        <Stack gap="md">
          <NumberInput label={t('pools.count')} min={1} max={100_000} value={count} onChange={setCount} required />
          <TextInput
            label={t('pools.prefix')}
            maxLength={20}
            value={prefix}
            onChange={(event) => setPrefix(event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9-]/g, ''))}
          />
          <NumberInput label={t('pools.length')} min={6} max={24} value={length} onChange={setLength} required />
          {error === null ? null : <ProblemAlert error={error} />}
          <Group justify="space-between">
            <FileButton
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(file) => file !== null && upload.mutate(file)}
            >
              {(props) => (
                <Button {...props} variant="default" loading={upload.isPending}>
                  {t('pools.import')}
                </Button>
              )}
            </FileButton>
            <Button type="submit" loading={generate.isPending}>
              {t('pools.generate')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
