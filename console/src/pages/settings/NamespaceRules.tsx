import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Skeleton,
  Switch,
  Table,
  Text,
  TextInput,
  VisuallyHidden,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NamespaceRule } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { namespacesQuery, saveNamespaces } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useNamespaceName } from '../../ui/useNamespaceName.ts';
import styles from './Settings.module.css';

/** Kinds of identifiers: how strong, how many per person, whether shared. */
export function NamespaceRules() {
  const { t } = useTranslation();
  const namespaces = useQuery(namespacesQuery(useApi()));
  return (
    <Card title={t('identity.namespaces')} note={t('identity.namespacesNote')}>
      {namespaces.isPending ? <Skeleton height={200} /> : null}
      {namespaces.error === null ? null : (
        <ProblemAlert error={namespaces.error} onRetry={() => void namespaces.refetch()} />
      )}
      {namespaces.data === undefined ? null : <RuleEditor key={namespaces.dataUpdatedAt} saved={namespaces.data} />}
    </Card>
  );
}

function RuleEditor({ saved }: { saved: readonly NamespaceRule[] }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const namespaceName = useNamespaceName();
  const [rules, setRules] = useState<readonly NamespaceRule[]>(saved);
  const [added, setAdded] = useState('');
  const editable = can('identity.write');
  const change = (name: string, part: Partial<NamespaceRule>) =>
    setRules(rules.map((rule) => (rule.name === name ? { ...rule, ...part } : rule)));
  const save = useMutation({
    mutationFn: () => saveNamespaces(api, rules),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['namespaces'] });
      notifications.show({ message: t('identity.saved') });
    },
  });
  const isNew = /^[a-z][a-z0-9_]{0,62}$/.test(added) && !rules.some((rule) => rule.name === added);
  const weakest = Math.max(0, ...rules.map((rule) => rule.priority));
  return (
    <>
      <Table.ScrollContainer
        minWidth={620}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={t('identity.namespaces')}
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('identity.name')}</Table.Th>
              <Table.Th>{t('identity.priority')}</Table.Th>
              <Table.Th>{t('identity.limit')}</Table.Th>
              <Table.Th>{t('identity.shared')}</Table.Th>
              <Table.Th pos="relative">
                <VisuallyHidden>{t('table.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map((rule) => (
              <Table.Tr key={rule.name}>
                <Table.Th scope="row" fw={500}>
                  {namespaceName(rule.name)}
                  <Text size="xs" c="dimmed">
                    {rule.name}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <NumberInput
                    className={styles.small}
                    aria-label={t('identity.priorityOf', { name: rule.name })}
                    min={1}
                    max={1000}
                    disabled={!editable}
                    value={rule.priority}
                    onChange={(value) => change(rule.name, { priority: Number(value) || 1 })}
                  />
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    className={styles.small}
                    aria-label={t('identity.limitOf', { name: rule.name })}
                    min={1}
                    max={10_000}
                    disabled={!editable}
                    value={rule.maxPerProfile}
                    onChange={(value) => change(rule.name, { maxPerProfile: Number(value) || 1 })}
                  />
                </Table.Td>
                <Table.Td>
                  <Switch
                    aria-label={t('identity.sharedOf', { name: rule.name })}
                    disabled={!editable}
                    checked={rule.shared}
                    onChange={(event) => change(rule.name, { shared: event.currentTarget.checked })}
                  />
                </Table.Td>
                <Table.Td ta="end">
                  {editable ? (
                    <ActionIcon
                      aria-label={t('identity.removeOne', { name: rule.name })}
                      onClick={() => setRules(rules.filter((one) => one !== rule))}
                    >
                      <IconTrash size={16} aria-hidden="true" />
                    </ActionIcon>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {save.error === null ? null : <ProblemAlert error={save.error} />}
      {editable ? (
        <div className={styles.foot}>
          <Group gap="xs">
            <TextInput
              aria-label={t('identity.newName')}
              placeholder="crm_id"
              value={added}
              onChange={(event) => setAdded(event.currentTarget.value.trim())}
            />
            <Button
              variant="default"
              disabled={!isNew}
              onClick={() => {
                setRules([...rules, { name: added, priority: weakest + 1, maxPerProfile: 1, shared: false }]);
                setAdded('');
              }}
            >
              {t('identity.add')}
            </Button>
          </Group>
          <Group gap="xs">
            <Button variant="default" disabled={rules === saved} onClick={() => setRules(saved)}>
              {t('action.cancel')}
            </Button>
            <Button loading={save.isPending} disabled={rules === saved} onClick={() => save.mutate()}>
              {t('action.save')}
            </Button>
          </Group>
        </div>
      ) : null}
    </>
  );
}
