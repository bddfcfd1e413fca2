import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApi } from '../../../api/context.tsx';
import { downloadMembers, useMembers } from '../../../api/segments.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { saveFile } from '../../../ui/csv.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Relative } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { PersonById } from '../PersonById.tsx';

interface Member {
  readonly id: string;
  readonly since: string;
}

/** Who is in, newest first or as the server lists them, and all of them as a file. */
export function Members({ id, name, size }: { id: string; name: string; size: number }) {
  const { t, language } = useTranslation();
  const api = useApi();
  const { can } = useSession();
  const navigate = useNavigate();
  const list = useMembers(id);
  const download = useMutation({
    mutationFn: () => downloadMembers(api, id, language),
    onSuccess: (file) => saveFile(`${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`, file),
  });
  const columns: readonly Column<Member>[] = [
    {
      id: 'person',
      header: t('segments.members.person'),
      cell: (row) => <PersonById id={row.id} />,
      text: (row) => row.id,
      fixed: true,
      width: '65%',
    },
    {
      id: 'since',
      header: t('segments.members.since'),
      cell: (row) => <Relative at={row.since} />,
      text: (row) => row.since,
      align: 'end',
    },
  ];
  return (
    <>
      {download.error === null ? null : <ProblemAlert error={download.error} />}
      <DataTable
        id="segment-members"
        label={t('segments.members.title')}
        columns={columns}
        list={list}
        rowKey={(row) => row.id}
        total={size}
        tools={false}
        onOpen={(row) => void navigate({ to: '/customers/$id', params: { id: row.id } })}
        filters={
          can('export.read') ? (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              loading={download.isPending}
              onClick={() => download.mutate()}
            >
              {t('segments.members.csv')}
            </Button>
          ) : undefined
        }
        empty={<EmptyState title={t('segments.members.none')}>{t('segments.members.noneAdvice')}</EmptyState>}
      />
    </>
  );
}
