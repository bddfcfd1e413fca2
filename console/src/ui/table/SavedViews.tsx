import { ActionIcon, Button, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { SavedView } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { removeView, saveView, viewsQuery } from '../../api/views.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../notify.ts';
import { ProblemAlert } from '../ProblemAlert.tsx';
import type { ColumnChoice } from './columns.ts';
import styles from './FilterBar.module.css';

interface SavedViewsProps {
  readonly list: string;
  readonly columns: ColumnChoice;
  readonly onColumns: (columns: ColumnChoice) => void;
  readonly onDone: () => void;
  /** How the list is sorted where its address does not say so. */
  readonly sort: string | undefined;
  readonly onSort: ((sort: string | undefined) => void) | undefined;
}

/** What stands in a view for a sort that is not in the address. */
const sortKey = 'sort';

/** The filters of a list stand in its address; those that are texts or switches can be kept. */
const keepable = (search: object): Record<string, string | boolean> =>
  Object.fromEntries(
    Object.entries(search).filter(
      (entry): entry is [string, string | boolean] => typeof entry[1] === 'string' || typeof entry[1] === 'boolean',
    ),
  );

/** Filters and columns under a name: chosen, saved, removed. They belong to the reader's account. */
export default function SavedViews({ list, columns, onColumns, onDone, sort, onSort }: SavedViewsProps) {
  const { t } = useTranslation();
  const api = useApi();
  const router = useRouter();
  const queryClient = useQueryClient();
  const views = useQuery(viewsQuery(api, list));
  const [name, setName] = useState('');
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['views', list] });
  const save = useMutation({
    mutationFn: () =>
      saveView(api, {
        list,
        name: name.trim(),
        search: { ...keepable(router.state.location.search), ...(sort !== undefined && { [sortKey]: sort }) },
        columns,
      }),
    onSuccess: async (view) => {
      await refresh();
      setName('');
      notifications.show({ message: t('views.saved', { name: view.name }) });
    },
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => removeView(api, view.id),
    onSuccess: async (_, view) => {
      await refresh();
      notifications.show({ message: t('views.removed', { name: view.name }) });
    },
  });
  const open = (view: SavedView) => {
    onColumns(view.columns);
    const { [sortKey]: kept } = view.search;
    onSort?.(typeof kept === 'string' ? kept : undefined);
    router.history.push(router.state.location.pathname + router.options.stringifySearch(view.search));
    onDone();
  };
  const error = views.error ?? save.error ?? remove.error;
  return (
    <Stack gap="xs" w={260}>
      <Text size="xs" fw={600}>
        {t('views.title')}
      </Text>
      {error === null ? null : <ProblemAlert error={error} />}
      {views.data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('views.none')}
        </Text>
      ) : null}
      {(views.data?.items ?? []).map((view) => (
        <Group key={view.id} justify="space-between" gap="xs" wrap="nowrap">
          <UnstyledButton className={styles.words} onClick={() => open(view)}>
            {view.name}
          </UnstyledButton>
          <ActionIcon
            size="sm"
            aria-label={t('views.remove', { name: view.name })}
            onClick={() => remove.mutate(view)}
            loading={remove.isPending && remove.variables.id === view.id}
          >
            <IconX size={14} aria-hidden="true" />
          </ActionIcon>
        </Group>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate();
        }}
      >
        <Group align="end" gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            label={t('views.name')}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" disabled={name.trim() === ''} loading={save.isPending}>
            {t('action.save')}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}
