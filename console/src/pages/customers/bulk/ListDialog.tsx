import { Button, Select, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PeopleSelection } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { changeListPeople } from '../../../api/people.ts';
import { createList, segmentChoicesQuery } from '../../../api/segments.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';

interface ListDialogProps {
  readonly deed: 'add' | 'remove';
  readonly people: PeopleSelection;
  readonly count: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Puts people on a list, a new one if wanted, or takes them off; undo takes back exactly those whom it changed. */
export function ListDialog({ deed, people, count, onClose, onDone }: ListDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const choices = useQuery(segmentChoicesQuery(api));
  const lists = (choices.data?.items ?? []).filter(({ kind }) => kind === 'list');
  const [chosen, setChosen] = useState<string | null>(null);
  const [newName, setNewName] = useState<string | null>(null);
  const isNew = deed === 'add' && newName !== null;
  const refresh = () => client.invalidateQueries({ queryKey: ['segments'] });

  const change = async () => {
    const list = isNew
      ? { id: (await createList(api, { name: newName.trim(), description: '' })).id, name: newName.trim() }
      : lists.find(({ id }) => id === chosen);
    if (list === undefined) throw new Error('the button waits for a list');
    const answer = await changeListPeople(api, list.id, { [deed]: people });
    await refresh();
    const ids = deed === 'add' ? answer.addedIds : answer.removedIds;
    const undo = async () => {
      if (ids === null || ids.length === 0) return;
      await changeListPeople(api, list.id, { [deed === 'add' ? 'remove' : 'add']: { ids } });
      await refresh();
      notifications.show({ message: t('people.undone', { list: list.name }) });
    };
    notifications.show({
      message: t(deed === 'add' ? 'people.added' : 'people.removed', {
        count: deed === 'add' ? answer.added : answer.removed,
        list: list.name,
      }),
      autoClose: 15_000,
      ...(ids !== null && ids.length > 0 && { action: { label: t('table.undo'), run: () => void undo() } }),
    });
    onDone();
  };

  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(deed === 'add' ? 'people.addTitle' : 'people.removeTitle', { count })}
      confirmLabel={t(deed === 'add' ? 'people.add' : 'people.remove')}
      disabled={isNew ? newName.trim() === '' : chosen === null}
      onConfirm={change}
    >
      {isNew ? (
        <TextInput
          label={t('people.newListName')}
          maxLength={120}
          value={newName}
          onChange={({ currentTarget }) => setNewName(currentTarget.value)}
          data-autofocus
        />
      ) : lists.length === 0 && !choices.isPending ? (
        <Text size="sm">{t('people.noLists')}</Text>
      ) : (
        <Select
          label={t('people.list')}
          data={lists.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
          searchable
          data-autofocus
        />
      )}
      {deed === 'add' ? (
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setNewName(isNew ? null : '')}
        >
          {t(isNew ? 'people.useOld' : 'people.makeNew')}
        </Button>
      ) : null}
    </ConfirmDialog>
  );
}
