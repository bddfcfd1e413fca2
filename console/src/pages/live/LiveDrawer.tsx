import { Drawer, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { findRecord } from '../../api/customers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { JsonView } from '../../ui/JsonView.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { shortId } from '../../ui/person.ts';
import { SourceOf } from '../../ui/SourceOf.tsx';
import type { LiveRow } from './buffer.ts';

/** One live event with its whole record, as it stands on the person's timeline. */
export function LiveDrawer({ row, onClose }: { row: LiveRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={row !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={row === null ? '' : row.event || row.type}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {row === null ? null : <Detail row={row} />}
    </Drawer>
  );
}

function Detail({ row }: { row: LiveRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const { profileId, messageId } = row;
  const known = profileId !== null && messageId !== null;
  const record = useQuery({
    queryKey: ['record', messageId],
    queryFn: ({ signal }) => findRecord(api, profileId ?? '', messageId ?? '', signal),
    enabled: known,
    // The live list runs a moment ahead of the timeline.
    refetchInterval: (query) => (query.state.data === null ? 1_000 : false),
  });
  return (
    <Stack>
      <Text size="sm">
        {format.dateTime(row.at)} · <SourceOf id={row.sourceId} />
      </Text>
      {profileId === null ? null : (
        <Link to="/customers/$id" params={{ id: profileId }}>
          {t('person.unknown', { id: shortId(profileId) })}
        </Link>
      )}
      {record.error === null ? null : <ProblemAlert error={record.error} onRetry={() => void record.refetch()} />}
      {known ? (
        record.data == null ? (
          <Skeleton height={240} />
        ) : (
          <JsonView value={record.data} label={t('timeline.raw')} />
        )
      ) : (
        <Text c="dimmed">{t('live.masked')}</Text>
      )}
    </Stack>
  );
}
