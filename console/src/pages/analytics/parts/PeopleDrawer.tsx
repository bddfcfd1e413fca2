import { Button, Drawer, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconUsersPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { largestList, type PeopleRequest, readPeople, saveAsList } from '../../../api/reports.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { PersonById } from '../../segments/PersonById.tsx';

/** A point of a report that somebody opened. */
export interface OpenPoint extends PeopleRequest {
  /** What the point is, in words. */
  readonly title: string;
}

const first: string | null = null;

/** The people behind a point, and the way to keep them as a list. */
export function PeopleDrawer({ point, onClose }: { point: OpenPoint | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={point !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={point?.title ?? ''}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {point === null ? null : <People key={JSON.stringify(point)} point={point} />}
    </Drawer>
  );
}

function People({ point }: { point: OpenPoint }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const people = useInfiniteQuery({
    queryKey: ['report', 'people', point.kind, point.request, point.point],
    queryFn: ({ pageParam, signal }) => readPeople(api, point, { cursor: pageParam, limit: 25 }, signal),
    initialPageParam: first,
    getNextPageParam: (page) => page.next,
    retry: false,
    staleTime: 60_000,
  });
  const count = people.data?.pages[0]?.count;
  const ids = people.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack gap="md">
      {people.error === null ? null : <ProblemAlert error={people.error} onRetry={() => void people.refetch()} />}
      {count === undefined ? (
        people.isPending ? (
          <Skeleton height={120} />
        ) : null
      ) : (
        <>
          <Text role="status">{t('analytics.peopleCount', { count, number: format.number(count) })}</Text>
          {can('segments.write') && count > 0 ? <SaveAsSegment point={point} count={count} /> : null}
          <Stack gap="xs">
            {ids.map((id) => (
              <PersonById key={id} id={id} />
            ))}
          </Stack>
          {people.hasNextPage ? (
            <Button variant="default" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
              {t('table.more')}
            </Button>
          ) : null}
        </>
      )}
    </Stack>
  );
}

function SaveAsSegment({ point, count }: { point: OpenPoint; count: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(point.title);
  const save = useMutation({ mutationFn: () => saveAsList(api, point, name.trim()), retry: false });
  if (save.data !== undefined)
    return (
      <Text role="status">
        {t('analytics.listMade', { count: save.data.people, number: format.number(save.data.people) })}{' '}
        <Link to="/segments/$id" params={{ id: save.data.id }}>
          {t('analytics.openSegment')}
        </Link>
      </Text>
    );
  if (!open)
    return (
      <Group>
        <Button
          variant="default"
          leftSection={<IconUsersPlus size={16} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          {t('analytics.saveAsSegment')}
        </Button>
      </Group>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') save.mutate();
      }}
    >
      <Stack gap="xs">
        <TextInput
          label={t('analytics.segmentName')}
          description={
            count > largestList
              ? t('analytics.listCut', { number: format.number(largestList) })
              : t('analytics.listAdvice')
          }
          value={name}
          maxLength={120}
          required
          data-autofocus
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t('action.save')}
          </Button>
          <Button variant="default" onClick={() => setOpen(false)}>
            {t('action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
