import { ActionIcon, Button, Group, Switch, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedMerchandisingRule } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { wholeList } from '../../api/pages.ts';
import { ApiError } from '../../api/problem.ts';
import { changeRule, removeRule, rulesQuery } from '../../api/recommendations.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notifications } from '../../ui/notify.ts';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import styles from './Recommendations.module.css';
import { RuleDrawer } from './RuleForm.tsx';
import { useRuleWords } from './useRuleWords.ts';

/** The merchandiser's rules: what comes first, what is favoured, what never shows. */
export default function RulesTab() {
  const { t } = useTranslation();
  const { can } = useSession();
  const mayWrite = can('catalog.write');
  const query = useQuery({ ...rulesQuery(useApi()), select: ({ items }) => items });
  const [edited, setEdited] = useState<SavedMerchandisingRule | 'new' | null>(null);
  const [removing, setRemoving] = useState<SavedMerchandisingRule | null>(null);
  const make = mayWrite ? (
    <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setEdited('new')}>
      {t('recommendations.rules.new')}
    </Button>
  ) : undefined;
  return (
    <>
      {(query.data ?? []).length > 0 && make !== undefined ? (
        <Group justify="flex-end" mb="sm">
          {make}
        </Group>
      ) : null}
      <DataTable
        id="merchandising"
        label={t('recommendations.tab.rules')}
        columns={useColumns(mayWrite, setEdited, setRemoving)}
        list={wholeList(query)}
        rowKey={(row) => row.id}
        tools={false}
        empty={
          <EmptyState title={t('recommendations.rules.first')} action={make}>
            {t('recommendations.rules.firstAdvice')}
          </EmptyState>
        }
      />
      <RuleDrawer rule={edited} onClose={() => setEdited(null)} />
      <RemoveRule rule={removing} onClose={() => setRemoving(null)} />
    </>
  );
}

function useColumns(
  mayWrite: boolean,
  onEdit: (rule: SavedMerchandisingRule) => void,
  onRemove: (rule: SavedMerchandisingRule) => void,
): readonly Column<SavedMerchandisingRule>[] {
  const { t } = useTranslation();
  const words = useRuleWords();
  const remove: Column<SavedMerchandisingRule> = {
    id: 'remove',
    header: t('table.actions'),
    cell: (row) => (
      <Tooltip label={t('recommendations.rules.remove')}>
        <ActionIcon
          aria-label={t('recommendations.rules.removeRule', { name: row.name })}
          onClick={() => onRemove(row)}
        >
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    ),
    align: 'end',
    width: '64px',
  };
  return [
    {
      id: 'name',
      header: t('recommendations.rules.name'),
      cell: (row) =>
        mayWrite ? (
          <UnstyledButton className={styles.name} onClick={() => onEdit(row)}>
            {row.name}
          </UnstyledButton>
        ) : (
          <span className={styles.name}>{row.name}</span>
        ),
      fixed: true,
      width: '24%',
    },
    { id: 'what', header: t('recommendations.rules.what'), cell: (row) => words.what(row), width: '34%' },
    { id: 'where', header: t('recommendations.rules.where'), cell: (row) => words.where(row) },
    { id: 'when', header: t('recommendations.rules.when'), cell: (row) => words.when(row) },
    {
      id: 'enabled',
      header: t('recommendations.rules.enabled'),
      cell: (row) => <Enabled rule={row} mayWrite={mayWrite} />,
      width: '72px',
    },
    ...(mayWrite ? [remove] : []),
  ];
}

/** Switches a rule on and off where it stands. */
function Enabled({ rule, mayWrite }: { rule: SavedMerchandisingRule; mayWrite: boolean }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (enabled: boolean) => {
      const { id, updatedAt: _updatedAt, ...kept } = rule;
      return changeRule(api, id, { ...kept, enabled });
    },
    onSuccess: () => notifications.show({ message: t('recommendations.rules.saved') }),
    onError: (error) =>
      notifications.show({
        message: error instanceof ApiError && error.message !== '' ? error.message : t('problem.broken.advice'),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['recommendations'] }),
  });
  return (
    <Switch
      aria-label={t('recommendations.rules.enable', { name: rule.name })}
      checked={change.isPending ? change.variables : rule.enabled}
      disabled={!mayWrite || change.isPending}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}

function RemoveRule({ rule, onClose }: { rule: SavedMerchandisingRule | null; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  return (
    <ConfirmDialog
      opened={rule !== null}
      title={t('recommendations.rules.removeTitle', { name: rule?.name ?? '' })}
      confirmLabel={t('recommendations.rules.remove')}
      danger
      onClose={onClose}
      onConfirm={async () => {
        if (rule === null) return;
        await removeRule(api, rule.id);
        await client.invalidateQueries({ queryKey: ['recommendations'] });
        notifications.show({ message: t('recommendations.rules.removed', { name: rule.name }) });
      }}
    >
      <Text>{t('recommendations.rules.removeNote')}</Text>
    </ConfirmDialog>
  );
}
