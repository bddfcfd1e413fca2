import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { FlagRequest } from '@vitrail/contracts';
import { useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Flags.module.css';
import { type FlagForm as Form, formOf, newRule, requestOf, startOf } from './flagValues.ts';
import { RuleFields } from './RuleFields.tsx';
import { ValueField } from './ValueField.tsx';

interface FlagFormProps {
  readonly start?: FlagRequest;
  readonly onSave: (flag: FlagRequest) => void;
  readonly saving: boolean;
  readonly problem: unknown;
}

const types = ['boolean', 'string', 'number', 'json'] as const;

export function FlagForm({ start, onSave, saving, problem }: FlagFormProps) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [form, setForm] = useState<Form>(() => formOf(start));
  const [asked, setAsked] = useState(false);
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const request = requestOf(form);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (typeof request !== 'string') onSave(request);
      }}
    >
      <Stack gap="lg">
        <Card title={t('flags.value')}>
          <Stack gap="md">
            <div className={styles.two}>
              <TextInput
                label={t('flags.key')}
                description={t('flags.keyHint')}
                required
                disabled={start !== undefined}
                maxLength={80}
                value={form.key}
                onChange={(event) => change({ key: event.currentTarget.value })}
              />
              <TextInput
                label={t('flags.name')}
                maxLength={120}
                value={form.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <Select
                label={t('flags.typeTitle')}
                allowDeselect={false}
                disabled={start !== undefined}
                value={form.type}
                onChange={(next) => {
                  const type = types.find((each) => each === next) ?? 'boolean';
                  change({ type, fallback: type === 'boolean' ? 'false' : startOf(type), rules: [] });
                }}
                data={types.map((each) => ({ value: each, label: t(`flags.type.${each}`) }))}
              />
              <ValueField
                label={t('flags.default')}
                type={form.type}
                value={form.fallback}
                onChange={(fallback) => change({ fallback })}
              />
            </div>
            <Switch
              label={t('flags.active')}
              description={t('flags.activeHint')}
              checked={form.active}
              onChange={(event) => change({ active: event.currentTarget.checked })}
            />
          </Stack>
        </Card>
        <Card title={t('flags.rules')} note={t('flags.rulesNote')}>
          <Stack gap="lg">
            {form.rules.map((rule, index) => (
              <RuleFields
                key={rule.row}
                rule={rule}
                place={index + 1}
                type={form.type}
                onChange={(part) =>
                  change({ rules: form.rules.map((each) => (each.row === rule.row ? { ...each, ...part } : each)) })
                }
                onRemove={() => change({ rules: form.rules.filter(({ row }) => row !== rule.row) })}
              />
            ))}
            <Group>
              <Button
                variant="default"
                size="compact-sm"
                disabled={form.rules.length >= 50}
                leftSection={<IconPlus size={14} aria-hidden="true" />}
                onClick={() => change({ rules: [...form.rules, newRule(form.type)] })}
              >
                {t('flags.addRule')}
              </Button>
            </Group>
          </Stack>
        </Card>
        {problem === null ? null : <ProblemAlert error={problem} />}
        {asked && typeof request === 'string' ? (
          <Text c="red" size="sm" role="alert">
            {t(`flags.wrong.${request}`)}
          </Text>
        ) : null}
        {can('experience.write') ? (
          <Group justify="flex-end">
            <Button type="submit" loading={saving}>
              {t('flags.save')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </form>
  );
}
