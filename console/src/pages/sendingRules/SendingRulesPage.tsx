import '@mantine/core/styles/PillsInput.css';
import { Button, Checkbox, Group, MultiSelect, NumberInput, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { channels, type FrequencyCap, type SendingRules } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { changeSendingRules, sendingRulesQuery } from '../../api/messages.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { CapRow } from './CapRow.tsx';
import { LinkMarksCard } from './LinkMarksCard.tsx';
import styles from './SendingRules.module.css';

/** What every marketing message has to keep to. */
export function SendingRulesPage() {
  const { t } = useTranslation();
  const query = useQuery(sendingRulesQuery(useApi()));
  return (
    <>
      <PageHeader title={t('sendingRules.title')} purpose={t('sendingRules.purpose')} />
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? <Skeleton height={320} aria-busy="true" /> : <Form rules={query.data} />}
      <div className={styles.below}>
        <LinkMarksCard />
      </div>
    </>
  );
}

const usualQuiet = { from: '21:00', to: '08:00', channels: ['sms', 'webpush', 'mobilepush', 'whatsapp'] } as const;
const newCap: FrequencyCap = { channel: 'email', purpose: null, engagement: null, max: 3, days: 7 };

function Form({ rules }: { rules: SendingRules }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [draft, setDraft] = useState(rules);
  const save = useMutation({
    mutationFn: () => changeSendingRules(api, draft),
    onSuccess: async () => {
      notifications.show({ message: t('sendingRules.saved') });
      await client.invalidateQueries({ queryKey: ['sendingRules'] });
    },
  });
  const mayWrite = can('settings.write');
  const change = (part: Partial<SendingRules>) => setDraft((before) => ({ ...before, ...part }));
  const quiet = draft.quietHours;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset disabled={!mayWrite} className={styles.plain}>
        <Stack gap="lg">
          <Card title={t('sendingRules.caps')} note={t('sendingRules.capsNote')}>
            <Stack gap="sm">
              {draft.caps.length === 0 ? <Text size="sm">{t('sendingRules.noCaps')}</Text> : null}
              {draft.caps.map((cap, place) => (
                <CapRow
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cap is its place in the list.
                  key={place}
                  cap={cap}
                  number={place + 1}
                  onChange={(next) => change({ caps: draft.caps.map((each, at) => (at === place ? next : each)) })}
                  onRemove={() => change({ caps: draft.caps.filter((_, at) => at !== place) })}
                />
              ))}
              <Group>
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconPlus size={14} aria-hidden="true" />}
                  onClick={() => change({ caps: [...draft.caps, newCap] })}
                >
                  {t('sendingRules.addCap')}
                </Button>
              </Group>
            </Stack>
          </Card>
          <Card title={t('sendingRules.quiet')} note={t('sendingRules.quietNote')}>
            <Stack gap="md">
              <Checkbox
                label={t('sendingRules.keepQuiet')}
                checked={quiet !== null}
                onChange={(event) =>
                  change({
                    quietHours: event.currentTarget.checked
                      ? { ...usualQuiet, channels: [...usualQuiet.channels] }
                      : null,
                  })
                }
              />
              {quiet === null ? null : (
                <div className={styles.quiet}>
                  <TextInput
                    type="time"
                    label={t('sendingRules.from')}
                    required
                    value={quiet.from}
                    onChange={(event) => change({ quietHours: { ...quiet, from: event.currentTarget.value } })}
                  />
                  <TextInput
                    type="time"
                    label={t('sendingRules.to')}
                    required
                    value={quiet.to}
                    onChange={(event) => change({ quietHours: { ...quiet, to: event.currentTarget.value } })}
                  />
                  <MultiSelect
                    label={t('sendingRules.channels')}
                    required
                    value={quiet.channels}
                    onChange={(chosen) =>
                      change({
                        quietHours: { ...quiet, channels: channels.filter((each) => chosen.includes(each)) },
                      })
                    }
                    data={channels.map((value) => ({ value, label: t(`messages.channelOf.${value}`) }))}
                  />
                </div>
              )}
            </Stack>
          </Card>
          <Card title={t('sendingRules.holdout')} note={t('sendingRules.holdoutNote')}>
            <NumberInput
              label={t('sendingRules.holdoutShare')}
              suffix=" %"
              min={0}
              max={50}
              decimalScale={1}
              className={styles.short}
              value={Math.round(draft.holdout * 1_000) / 10}
              onChange={(value) => change({ holdout: (Number(value) || 0) / 100 })}
            />
          </Card>
          {save.error === null ? null : <ProblemAlert error={save.error} />}
          {mayWrite ? (
            <Group justify="flex-end">
              <Button type="submit" loading={save.isPending}>
                {t('sendingRules.save')}
              </Button>
            </Group>
          ) : null}
        </Stack>
      </fieldset>
    </form>
  );
}
