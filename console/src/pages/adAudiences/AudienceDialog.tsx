import { Button, Group, Modal, PasswordInput, Select, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AdAudience, type AdKind, adKindNames, adKinds, type ProviderField } from '@vitrail/contracts';
import { useState } from 'react';
import { saveAdAudience } from '../../api/adAudiences.ts';
import { useApi } from '../../api/context.tsx';
import { segmentChoicesQuery } from '../../api/segments.ts';
import type { Key } from '../../i18n/messages.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** Which segment goes to which audience; what is secret is written and never read back. */
export default function AudienceDialog({ audience, onClose }: { audience: AdAudience | null; onClose: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const segments = useQuery(segmentChoicesQuery(api)).data?.items ?? [];
  const [kind, setKind] = useState<AdKind>(audience?.kind ?? 'meta');
  const [name, setName] = useState(audience?.name ?? '');
  const [segment, setSegment] = useState<string | null>(audience?.segment.id ?? null);
  const [values, setValues] = useState<Record<string, string>>({ ...audience?.settings });
  const [paused, setPaused] = useState(audience?.state === 'paused');
  const { fields, title } = adKinds[kind];
  const save = useMutation({
    mutationFn: () => {
      // An empty secret is one that stays as it is.
      const settings = Object.fromEntries(
        fields.flatMap((field) => {
          const value = (values[field.name] ?? '').trim();
          return value === '' ? [] : [[field.name, value]];
        }),
      );
      const body = { name: name.trim() === '' ? title : name.trim(), kind, segment: segment ?? '', settings, paused };
      return saveAdAudience(api, audience?.id ?? null, body);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['adAudiences'] });
      notifications.show({ message: t('action.saved') });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={audience === null ? t('ads.new') : audience.name}
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
          <TextInput
            label={t('ads.name')}
            placeholder={title}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
          />
          <Select
            label={t('ads.segment')}
            description={t('ads.segmentHint')}
            searchable
            required
            value={segments.some(({ id }) => id === segment) ? segment : null}
            data={segments.map((each) => ({ value: each.id, label: each.name }))}
            onChange={setSegment}
          />
          <Select
            label={t('ads.kind')}
            data={adKindNames.map((value) => ({ value, label: adKinds[value].title }))}
            value={kind}
            onChange={(next) => setKind(adKindNames.find((each) => each === next) ?? kind)}
            disabled={audience !== null}
            allowDeselect={false}
          />
          {fields.map((field) => (
            <AdField
              key={`${kind}/${field.name}`}
              kind={kind}
              field={field}
              value={values[field.name] ?? ''}
              stored={audience?.secretsSet.includes(field.name) ?? false}
              fixed={audience !== null && field.secret !== true}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          {audience === null ? null : (
            <Text size="sm" c="dimmed">
              {t('ads.fixed')}
            </Text>
          )}
          <Switch
            label={t('ads.paused')}
            description={t('ads.pausedHint')}
            checked={paused}
            onChange={(event) => setPaused(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={segment === null}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const labels: Readonly<Record<string, Key>> = {
  audienceId: 'ads.field.audienceId',
  accessToken: 'ads.field.accessToken',
  customerId: 'ads.field.customerId',
  loginCustomerId: 'ads.field.loginCustomerId',
  serviceAccount: 'ads.field.serviceAccount',
};
/** Where the company shows it. */
const hints: Readonly<Record<string, Key>> = {
  'meta/audienceId': 'ads.hint.meta_audienceId',
  'meta/accessToken': 'ads.hint.meta_accessToken',
  'google/customerId': 'ads.hint.google_customerId',
  'google/loginCustomerId': 'ads.hint.google_loginCustomerId',
  'google/audienceId': 'ads.hint.google_audienceId',
  'google/serviceAccount': 'ads.hint.google_serviceAccount',
};

interface AdFieldProps {
  readonly kind: AdKind;
  readonly field: ProviderField;
  readonly value: string;
  /** The secret is there already: an empty field keeps it. */
  readonly stored: boolean;
  readonly fixed: boolean;
  readonly onChange: (value: string) => void;
}

function AdField({ kind, field, value, stored, fixed, onChange }: AdFieldProps) {
  const { t } = useTranslation();
  const [label, hint] = [labels[field.name], hints[`${kind}/${field.name}`]];
  const common = {
    label: label === undefined ? field.name : t(label),
    ...(hint === undefined ? {} : { description: t(hint) }),
    required: field.optional !== true && !stored,
    disabled: fixed,
    ...(stored ? { placeholder: t('ads.secretStored') } : {}),
    value,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  if (field.type === 'lines') return <Textarea {...common} rows={4} />;
  return field.secret === true ? (
    <PasswordInput {...common} autoComplete="new-password" />
  ) : (
    <TextInput {...common} inputMode="numeric" />
  );
}
