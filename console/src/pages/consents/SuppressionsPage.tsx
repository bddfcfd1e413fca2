import { Button, FileButton, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Channel, channels, type Suppression } from '@vitrail/contracts';
import { useState } from 'react';
import { addSuppression, importSuppressions, removeSuppression, useSuppressions } from '../../api/consents.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useConsentWords } from './useConsentWords.ts';

/** Addresses nothing goes to. */
export function SuppressionsPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Suppression | null>(null);
  const list = useSuppressions(q);
  const editable = can('consent.write');
  const upload = useMutation({
    mutationFn: async (file: File) => importSuppressions(api, 'email', await file.text()),
    onSuccess: async ({ added, known, rejected }) => {
      await client.invalidateQueries({ queryKey: ['suppressions'] });
      notifications.show({ message: t('suppressions.imported', { added, known, rejected: rejected.length }) });
    },
  });
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
      {t('suppressions.add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('place.suppressions')}
        purpose={t('suppressions.lead')}
        actions={
          editable ? (
            <>
              <FileButton
                accept=".csv,.txt,text/csv,text/plain"
                onChange={(file) => file !== null && upload.mutate(file)}
              >
                {(props) => (
                  <Button
                    {...props}
                    variant="default"
                    loading={upload.isPending}
                    leftSection={<IconUpload size={16} aria-hidden="true" />}
                  >
                    {t('suppressions.import')}
                  </Button>
                )}
              </FileButton>
              {add}
            </>
          ) : undefined
        }
      />
      <Stack gap="md">
        {upload.error === null ? null : <ProblemAlert error={upload.error} />}
        <SearchField label={t('suppressions.search')} value={q} onSearch={setQ} />
        <DataTable
          id="suppressions"
          label={t('place.suppressions')}
          columns={useColumns(editable ? setRemoving : null)}
          list={list}
          rowKey={(row) => `${row.channel} ${row.value} ${row.at}`}
          empty={
            <EmptyState title={t('suppressions.none')} action={editable ? add : undefined}>
              {t('suppressions.noneAdvice')}
            </EmptyState>
          }
        />
      </Stack>
      {adding ? <AddDialog onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        opened={removing !== null}
        title={t('suppressions.removeTitle', { value: removing?.value ?? '' })}
        confirmLabel={t('suppressions.remove')}
        danger
        onClose={() => setRemoving(null)}
        onConfirm={async () => {
          if (removing === null) return;
          await removeSuppression(api, { channel: removing.channel, value: removing.value });
          await client.invalidateQueries({ queryKey: ['suppressions'] });
          notifications.show({ message: t('suppressions.removed') });
        }}
      >
        <Text>{t('suppressions.removeNote')}</Text>
      </ConfirmDialog>
    </>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const api = useApi();
  const client = useQueryClient();
  const [channel, setChannel] = useState<Channel>('email');
  const [value, setValue] = useState('');
  const [detail, setDetail] = useState('');
  const save = useMutation({
    mutationFn: () => addSuppression(api, { channel, value: value.trim(), detail: detail.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['suppressions'] });
      notifications.show({ message: t('suppressions.added') });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('suppressions.add')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          <Select
            label={t('suppressions.channel')}
            allowDeselect={false}
            value={channel}
            onChange={(next) => setChannel(channels.find((one) => one === next) ?? 'email')}
            data={channels.map((one) => ({ value: one, label: words.channel(one) }))}
          />
          <TextInput
            label={t('suppressions.address')}
            required
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('suppressions.detail')}
            value={detail}
            maxLength={500}
            onChange={(event) => setDetail(event.currentTarget.value)}
          />
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={value.trim() === ''}>
              {t('suppressions.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useColumns(onRemove: ((row: Suppression) => void) | null): readonly Column<Suppression>[] {
  const { t } = useTranslation();
  const words = useConsentWords();
  const shown = ({ value, erased }: Suppression): string => (erased ? t('suppressions.erased') : value);
  return [
    { id: 'value', header: t('suppressions.address'), cell: shown, text: shown, fixed: true, width: '32%' },
    {
      id: 'channel',
      header: t('suppressions.channel'),
      cell: (row) => words.channel(row.channel),
      text: (row) => row.channel,
    },
    {
      id: 'reason',
      header: t('suppressions.why'),
      cell: (row) => t(`suppressions.reason.${row.reason}`),
      text: (row) => row.reason,
    },
    { id: 'detail', header: t('suppressions.detail'), cell: (row) => row.detail, text: (row) => row.detail },
    {
      id: 'at',
      header: t('suppressions.since'),
      cell: (row) => <DateTime at={row.at} only="date" />,
      text: (row) => row.at,
    },
    ...(onRemove === null
      ? []
      : [
          {
            id: 'remove',
            header: t('suppressions.remove'),
            cell: (row: Suppression) =>
              row.erased ? null : (
                <Button size="compact-xs" variant="default" onClick={() => onRemove(row)}>
                  {t('suppressions.remove')}
                </Button>
              ),
          },
        ]),
  ];
}
