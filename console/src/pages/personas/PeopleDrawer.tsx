import { Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { type RfmPoint, readAllRfmPeople, useRfmPeople } from '../../api/rfm.ts';
import { changeMembers, createList } from '../../api/segments.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { LoadMore } from '../../ui/table/LoadMore.tsx';
import { PersonById } from '../segments/PersonById.tsx';
import styles from './Personas.module.css';

interface PeopleDrawerProps {
  readonly point: RfmPoint | null;
  readonly title: string;
  readonly currency: string;
  readonly onClose: () => void;
}

/** A list takes no more people at once. */
const mostInList = 100_000;
const atOnce = 5_000;

/** Who is behind a number. */
export function PeopleDrawer({ point, title, currency, onClose }: PeopleDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={point !== null}
      onClose={onClose}
      position="right"
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {point === null ? null : <People point={point} title={title} currency={currency} />}
    </Drawer>
  );
}

function People({ point, title, currency }: { point: RfmPoint; title: string; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const navigate = useNavigate();
  const { can } = useSession();
  const list = useRfmPeople(point);
  const save = useMutation({
    mutationFn: async () => {
      const people = await readAllRfmPeople(api, point, mostInList);
      const list = await createList(api, { name: title, description: '' });
      for (let from = 0; from < people.length; from += atOnce)
        await changeMembers(api, list.id, { add: people.slice(from, from + atOnce) });
      return list;
    },
    onSuccess: ({ id }) => void navigate({ to: '/segments/$id', params: { id } }),
  });
  return (
    <Stack gap="sm">
      {can('segments.write') ? (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {t('personas.asListNote')}
          </Text>
          <Button size="compact-sm" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
            {t('personas.asList')}
          </Button>
        </Group>
      ) : null}
      {save.error === null ? null : <ProblemAlert error={save.error} />}
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading ? <Skeleton height={180} /> : null}
      <ul className={styles.people}>
        {list.rows.map((person) => (
          <li key={person.id}>
            <PersonById id={person.id} />
            <span className={styles.quiet}>
              {t('personas.orders', { count: person.orders })} · {format.money(person.revenue, currency)}
            </span>
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </Stack>
  );
}
