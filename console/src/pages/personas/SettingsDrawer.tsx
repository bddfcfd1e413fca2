import { Button, Drawer, Fieldset, Group, NumberInput, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { findLabel, personaOrProspectKeys, type Rfm, type RfmBands, rfmSettingsSchema } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { saveRfmSettings } from '../../api/rfm.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { notifications } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';

const facts = ['recencyDays', 'orders', 'revenue', 'engagement'] as const;
const places = [0, 1, 2, 3] as const;

interface SettingsDrawerProps {
  readonly rfm: Rfm;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** How buyers are scored, and what personas are called here. */
export function SettingsDrawer({ rfm, opened, onClose }: SettingsDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="lg"
      title={t('personas.settings')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {opened ? <SettingsForm rfm={rfm} onClose={onClose} /> : null}
    </Drawer>
  );
}

function SettingsForm({ rfm, onClose }: Pick<SettingsDrawerProps, 'rfm' | 'onClose'>) {
  const { t, language } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const [method, setMethod] = useState(rfm.settings.method);
  const [bands, setBands] = useState<RfmBands>(rfm.settings.bands);
  const [names, setNames] = useState<Record<string, string>>({ ...rfm.settings.names });
  const written = rfmSettingsSchema.safeParse({
    method,
    bands,
    names: Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== '')),
  });
  const wrong = (fact: (typeof facts)[number]): boolean =>
    !written.success && written.error.issues.some(({ path }) => path[0] === 'bands' && path[1] === fact);
  const save = useMutation({
    mutationFn: async () => {
      if (written.success) await saveRfmSettings(api, written.data);
    },
    onSuccess: async () => {
      notifications.show({ message: t('personas.saved') });
      await client.invalidateQueries({ queryKey: ['rfm'] });
      // Thresholds are computed by a job, mostly within a second or two.
      setTimeout(() => void client.invalidateQueries({ queryKey: ['rfm'] }), 4_000);
      onClose();
    },
  });
  const setBand = (fact: (typeof facts)[number], place: number, value: number) =>
    setBands({ ...bands, [fact]: bands[fact].map((known, at) => (at === place ? value : known)) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="lg">
        <Radio.Group
          label={t('personas.method')}
          value={method}
          onChange={(value) => setMethod(value === 'bands' ? 'bands' : 'quantiles')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="quantiles" label={t('personas.quantiles')} description={t('personas.quantilesNote')} />
            <Radio value="bands" label={t('personas.bands')} description={t('personas.bandsNote')} />
          </Stack>
        </Radio.Group>
        {method === 'bands' ? (
          <Stack gap="sm">
            {facts.map((fact) => (
              <Fieldset key={fact} legend={t(`personas.band.${fact}`)}>
                <SimpleGrid cols={4} spacing="xs">
                  {places.map((place) => (
                    <NumberInput
                      key={place}
                      label={t('personas.from', { score: fact === 'recencyDays' ? 5 - place : place + 2 })}
                      value={bands[fact][place] ?? 0}
                      min={0}
                      hideControls
                      onChange={(value) => setBand(fact, place, Number(value))}
                    />
                  ))}
                </SimpleGrid>
                {wrong(fact) ? (
                  <Text size="sm" c="red" mt={4} role="alert">
                    {t('personas.ascending')}
                  </Text>
                ) : null}
              </Fieldset>
            ))}
          </Stack>
        ) : null}
        <Fieldset legend={t('personas.names')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            {personaOrProspectKeys.map((key) => (
              <TextInput
                key={key}
                label={findLabel('persona', key, language) ?? key}
                placeholder={findLabel('persona', key, language) ?? key}
                value={names[key] ?? ''}
                maxLength={60}
                onChange={(event) => setNames({ ...names, [key]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
        {save.error === null ? null : <ProblemAlert error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!written.success}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
