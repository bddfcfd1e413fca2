import { ActionIcon, Button, Group, NumberInput, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LoyaltyRules } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { loyaltyQuery, saveLoyalty } from '../../api/offers.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { fromLocalInput, toLocalInput } from './localTime.ts';
import styles from './Offers.module.css';

/** How points are earned, when they end, and the tiers. */
export function Programme() {
  const query = useQuery(loyaltyQuery(useApi()));
  if (query.data !== undefined) return <Rules key={query.dataUpdatedAt} saved={query.data} />;
  return query.error === null ? (
    <Skeleton height={320} />
  ) : (
    <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  );
}

function Rules({ saved }: { saved: LoyaltyRules }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [rules, setRules] = useState(saved);
  const change = (part: Partial<LoyaltyRules>): void => setRules({ ...rules, ...part });
  const disabled = !can('messages.write');
  const save = useMutation({
    mutationFn: () => saveLoyalty(api, rules),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['loyalty'] });
      notifications.show({ message: t('loyalty.saved') });
    },
  });
  const named = rules.tiers.every(({ name }) => name.trim() !== '');
  return (
    <Card title={t('loyalty.title')} note={t('loyalty.note')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (named) save.mutate();
        }}
      >
        <Stack gap="md">
          <Switch
            label={t('loyalty.active')}
            disabled={disabled}
            checked={rules.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
          <div className={styles.two}>
            <NumberInput
              label={t('loyalty.perUnit')}
              min={0}
              max={1_000}
              decimalScale={3}
              disabled={disabled}
              value={rules.pointsPerUnit}
              onChange={(next) => change({ pointsPerUnit: typeof next === 'number' ? next : 0 })}
            />
            <TextInput
              type="datetime-local"
              label={t('loyalty.since')}
              required
              disabled={disabled}
              value={toLocalInput(rules.startsAt)}
              onChange={(event) => change({ startsAt: fromLocalInput(event.currentTarget.value) ?? rules.startsAt })}
            />
            <NumberInput
              label={t('loyalty.expires')}
              description={t('loyalty.expiresHint')}
              min={1}
              max={120}
              disabled={disabled}
              value={rules.expiresMonths ?? ''}
              onChange={(next) => change({ expiresMonths: typeof next === 'number' ? next : null })}
            />
          </div>
          <Tiers tiers={rules.tiers} disabled={disabled} onChange={(tiers) => change({ tiers })} />
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          {disabled ? null : (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={rules === saved || !named}>
                {t('action.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  );
}

interface TiersProps {
  readonly tiers: LoyaltyRules['tiers'];
  readonly disabled: boolean;
  readonly onChange: (tiers: LoyaltyRules['tiers']) => void;
}

function Tiers({ tiers, disabled, onChange }: TiersProps) {
  const { t } = useTranslation();
  const set = (index: number, part: Partial<LoyaltyRules['tiers'][number]>): void =>
    onChange(tiers.map((tier, at) => (at === index ? { ...tier, ...part } : tier)));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t('loyalty.tiers')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('loyalty.tiersNote')}
      </Text>
      {tiers.map((tier, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
        <Group key={index} align="flex-end" gap="xs">
          <TextInput
            label={t('loyalty.tierName')}
            maxLength={60}
            disabled={disabled}
            value={tier.name}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <NumberInput
            label={t('loyalty.tierFrom')}
            min={0}
            disabled={disabled}
            value={tier.from}
            onChange={(next) => set(index, { from: typeof next === 'number' ? next : 0 })}
          />
          {disabled ? null : (
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('loyalty.removeTier', { name: tier.name })}
              onClick={() => onChange(tiers.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          )}
        </Group>
      ))}
      {disabled || tiers.length >= 10 ? null : (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange([...tiers, { name: '', from: (tiers.at(-1)?.from ?? 0) + 100 }])}
          >
            {t('loyalty.addTier')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
