import { Button, Fieldset, Group, NumberInput, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type RecommendationSettings, recommendationSettingsSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { recommendationSettingsQuery, saveRecommendationSettings } from '../../api/recommendations.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

/** What signals are worth, and what is left out. */
export default function SettingsTab() {
  const query = useQuery({ ...recommendationSettingsQuery(useApi()), refetchOnWindowFocus: false });
  if (query.isPending) return <Skeleton height={320} aria-busy="true" />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <SettingsForm start={query.data} />;
}

const signals = ['viewed', 'added', 'bought'] as const;

function SettingsForm({ start }: { start: RecommendationSettings }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [settings, setSettings] = useState(start);
  const mayWrite = can('catalog.write');
  const written = recommendationSettingsSchema.safeParse(settings);
  const save = useMutation({
    mutationFn: async () => {
      if (written.success) await saveRecommendationSettings(api, written.data);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['recommendations'] });
      notifications.show({ message: t('recommendations.settings.saved') });
    },
  });
  // An emptied field is no number: the form waits until there is one again.
  const numberOf = (value: string | number): number => (value === '' ? Number.NaN : Number(value));
  const shown = (value: number): number | string => (Number.isNaN(value) ? '' : value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card
        title={t('recommendations.tab.settings')}
        note={mayWrite ? undefined : t('recommendations.settings.readOnly')}
      >
        <Stack gap="md" maw={640}>
          <Fieldset legend={t('recommendations.settings.weights')} disabled={!mayWrite}>
            <Text size="sm" c="dimmed" mb="xs">
              {t('recommendations.settings.weightsNote')}
            </Text>
            <SimpleGrid cols={{ base: 1, xs: 3 }}>
              {signals.map((signal) => (
                <NumberInput
                  key={signal}
                  label={t(`recommendations.settings.${signal}`)}
                  value={shown(settings.weights[signal])}
                  min={0}
                  max={100}
                  onChange={(value) =>
                    setSettings({ ...settings, weights: { ...settings.weights, [signal]: numberOf(value) } })
                  }
                />
              ))}
            </SimpleGrid>
          </Fieldset>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NumberInput
              label={t('recommendations.settings.halfLifeDays')}
              description={t('recommendations.settings.halfLifeNote')}
              disabled={!mayWrite}
              value={shown(settings.halfLifeDays)}
              min={1}
              max={3650}
              onChange={(value) => setSettings({ ...settings, halfLifeDays: numberOf(value) })}
            />
            <NumberInput
              label={t('recommendations.settings.newDays')}
              description={t('recommendations.settings.newNote')}
              disabled={!mayWrite}
              value={shown(settings.newDays)}
              min={1}
              max={365}
              allowDecimal={false}
              onChange={(value) => setSettings({ ...settings, newDays: numberOf(value) })}
            />
            <NumberInput
              label={t('recommendations.settings.notBoughtDays')}
              description={t('recommendations.settings.notBoughtNote')}
              disabled={!mayWrite}
              value={shown(settings.notBoughtDays)}
              min={0}
              max={3650}
              allowDecimal={false}
              onChange={(value) => setSettings({ ...settings, notBoughtDays: numberOf(value) })}
            />
            <NumberInput
              label={t('recommendations.settings.brandCap')}
              description={t('recommendations.settings.brandCapNote')}
              disabled={!mayWrite}
              value={settings.brandCap ?? ''}
              min={1}
              max={50}
              allowDecimal={false}
              onChange={(value) => setSettings({ ...settings, brandCap: value === '' ? null : Number(value) })}
            />
            <NumberInput
              label={t('recommendations.settings.popularArm')}
              description={t('recommendations.settings.popularArmNote')}
              disabled={!mayWrite}
              value={shown(Math.round(settings.popularArm * 1_000) / 10)}
              min={0}
              max={50}
              onChange={(value) => setSettings({ ...settings, popularArm: numberOf(value) / 100 })}
            />
          </SimpleGrid>
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          {mayWrite ? (
            <Group>
              <Button type="submit" loading={save.isPending} disabled={!written.success}>
                {t('action.save')}
              </Button>
            </Group>
          ) : null}
        </Stack>
      </Card>
    </form>
  );
}
