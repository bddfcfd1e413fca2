import { Button, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Provider, type ProviderKindName, providerKindNames, providerKinds } from '@vitrail/contracts';
import { useState } from 'react';
import { saveProvider } from '../../api/channels.ts';
import { useApi } from '../../api/context.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { FieldInput } from './FieldInput.tsx';
import { WarmUpFields } from './WarmUpFields.tsx';

const usualValues = (kind: ProviderKindName): Record<string, string> =>
  Object.fromEntries(providerKinds[kind].fields.map(({ name, usual }) => [name, usual ?? '']));

/** Sets a provider up, or changes one; what is secret is written and never read back. */
export function ProviderDialog({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [kind, setKind] = useState<ProviderKindName>(provider?.kind ?? 'smtp');
  const [label, setLabel] = useState(provider?.label ?? '');
  const [values, setValues] = useState<Record<string, string>>({ ...usualValues(kind), ...provider?.settings });
  const [perSecond, setPerSecond] = useState(provider?.perSecond ?? providerKinds[kind].limits.perSecond);
  const [concurrency, setConcurrency] = useState(provider?.concurrency ?? providerKinds[kind].limits.concurrency);
  const [priority, setPriority] = useState(provider?.priority ?? 10);
  const [warmUp, setWarmUp] = useState(provider?.warmUp ?? null);
  const [enabled, setEnabled] = useState(provider?.enabled ?? true);
  const { channel, fields, title } = providerKinds[kind];
  const choose = (next: string | null) => {
    const found = providerKindNames.find((name) => name === next);
    if (found === undefined) return;
    setKind(found);
    setValues(usualValues(found));
    setPerSecond(providerKinds[found].limits.perSecond);
    setConcurrency(providerKinds[found].limits.concurrency);
  };
  const save = useMutation({
    mutationFn: () => {
      // An empty secret is one that stays as it is.
      const settings = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
      const name = label.trim() === '' ? title : label.trim();
      const body = { label: name, kind, settings, priority, perSecond, concurrency, warmUp, enabled };
      return saveProvider(api, provider?.id ?? null, body);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['channels'] });
      notifications.show({ message: t('action.saved') });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={provider === null ? t('channels.add') : provider.label}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          <Select
            label={t('channels.kind')}
            description={t('channels.kindHint', { channel: t(`messages.channelOf.${channel}`) })}
            data={providerKindNames.map((value) => ({ value, label: providerKinds[value].title }))}
            value={kind}
            onChange={choose}
            disabled={provider !== null}
            allowDeselect={false}
            searchable
          />
          <TextInput
            label={t('channels.label')}
            placeholder={title}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            maxLength={80}
          />
          {fields.map((field) => (
            <FieldInput
              key={`${kind}/${field.name}`}
              kind={kind}
              field={field}
              value={values[field.name] ?? ''}
              stored={provider?.secretsSet.includes(field.name) ?? false}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <NumberInput
              label={t('channels.perSecond')}
              value={perSecond}
              onChange={(value) => setPerSecond(Number(value) || 1)}
              min={1}
              max={10_000}
            />
            <NumberInput
              label={t('channels.atOnce')}
              value={concurrency}
              onChange={(value) => setConcurrency(Number(value) || 1)}
              min={1}
              max={500}
            />
            <NumberInput
              label={t('channels.priority')}
              value={priority}
              onChange={(value) => setPriority(Number(value) || 1)}
              min={1}
              max={1_000}
            />
          </SimpleGrid>
          <Text size="sm" c="dimmed">
            {t('channels.priorityHint')}
          </Text>
          {channel === 'email' ? <WarmUpFields value={warmUp} onChange={setWarmUp} /> : null}
          <Switch
            label={t('channels.enabled')}
            checked={enabled}
            onChange={(event) => setEnabled(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
