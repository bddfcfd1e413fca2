import { Button, Code, Group, Pill, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { blockedQuery, namespacesQuery, saveBlocked } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { useNamespaceName } from '../../ui/useNamespaceName.ts';
import styles from './Settings.module.css';

/** Values that stand for nobody and must never join two people. */
export function BlockedValues() {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const namespaceName = useNamespaceName();
  const blocked = useQuery(blockedQuery(api));
  const namespaces = useQuery(namespacesQuery(api));
  const [namespace, setNamespace] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const editable = can('identity.write');
  const items = blocked.data?.items ?? [];
  const save = useMutation({
    mutationFn: (next: typeof items) => saveBlocked(api, next),
    onSuccess: (answer) => {
      queryClient.setQueryData(blockedQuery(api).queryKey, answer);
      setValue('');
      notifications.show({ message: t('identity.saved') });
    },
  });
  const chosen = namespace ?? namespaces.data?.[0]?.name ?? null;
  return (
    <Card title={t('blocked.title')} note={t('blocked.note')}>
      {blocked.isPending ? <Skeleton height={80} /> : null}
      {blocked.error === null ? null : <ProblemAlert error={blocked.error} onRetry={() => void blocked.refetch()} />}
      {blocked.data === undefined ? null : (
        <Stack gap="md">
          {items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('blocked.none')}
            </Text>
          ) : (
            <Group gap="xs">
              {items.map((item) => (
                <Pill
                  key={`${item.namespace} ${item.value}`}
                  size="md"
                  withRemoveButton={editable}
                  onRemove={() => save.mutate(items.filter((one) => one !== item))}
                  removeButtonProps={{
                    'aria-label': t('blocked.removeOne', { value: item.value }),
                    tabIndex: 0,
                    'aria-hidden': false,
                  }}
                >
                  {namespaceName(item.namespace)}: {item.value}
                </Pill>
              ))}
            </Group>
          )}
          {editable ? (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (chosen !== null && value.trim() !== '')
                  save.mutate([...items, { namespace: chosen, value: value.trim() }]);
              }}
            >
              <Group align="flex-end" gap="xs">
                <Select
                  label={t('identity.name')}
                  data={(namespaces.data ?? []).map((rule) => ({ value: rule.name, label: namespaceName(rule.name) }))}
                  value={chosen}
                  onChange={setNamespace}
                />
                <TextInput
                  label={t('blocked.value')}
                  value={value}
                  maxLength={256}
                  onChange={(event) => setValue(event.currentTarget.value)}
                />
                <Button type="submit" variant="default" loading={save.isPending} disabled={value.trim() === ''}>
                  {t('blocked.add')}
                </Button>
              </Group>
            </form>
          ) : null}
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <details className={styles.details}>
            <summary>{t('blocked.builtIn', { count: blocked.data.builtIn.length })}</summary>
            <Text size="sm" c="dimmed" mt="xs">
              {t('blocked.builtInAdvice')}
            </Text>
            <Code block className={styles.tight}>
              {blocked.data.builtIn.join('  ')}
            </Code>
          </details>
        </Stack>
      )}
    </Card>
  );
}
