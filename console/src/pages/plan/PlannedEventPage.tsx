import { Anchor, Button, Group, JsonInput, Radio, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowLeft, IconSparkles } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { PlannedEvent } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { planQuery, proposeSchema, removePlannedEvent, savePlannedEvent } from '../../api/plan.ts';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notifications } from '../../ui/notify.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Plan.module.css';
import { readSchemaText } from './readSchemaText.ts';
import { ViolationList } from './ViolationList.tsx';

const route = getRouteApi('/shell/data/plan/$event');
const modes = ['allow', 'report', 'block'] as const;
const template = { type: 'object', properties: {}, required: [] };

/** One planned event: its schema, what a breach leads to, and the breaches. */
export function PlannedEventPage() {
  const { t } = useTranslation();
  const { event } = route.useParams();
  const plan = useQuery(planQuery(useApi()));
  const planned = plan.data?.find((one) => one.event === event);
  return (
    <>
      <Anchor component={Link} to="/data/plan" size="sm" c="dimmed" className={styles.back}>
        <IconArrowLeft size={14} aria-hidden="true" /> {t('place.plan')}
      </Anchor>
      {plan.isPending ? <Skeleton height={320} /> : null}
      {plan.data === undefined && plan.error !== null ? (
        <ProblemAlert error={plan.error} onRetry={() => void plan.refetch()} />
      ) : null}
      {plan.data === undefined ? null : <Editor key={planned?.updatedAt ?? 'new'} event={event} planned={planned} />}
    </>
  );
}

function Editor({ event, planned }: { event: string; planned: PlannedEvent | undefined }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [mode, setMode] = useState<PlannedEvent['mode']>(planned?.mode ?? 'report');
  const [description, setDescription] = useState(planned?.description ?? '');
  const [text, setText] = useState(() => JSON.stringify(planned?.schema ?? template, null, 2));
  const [removing, setRemoving] = useState(false);
  const editable = can('plan.write');
  const schema = readSchemaText(text);
  const refresh = () =>
    Promise.all(['plan', 'violations'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
  const save = useMutation({
    mutationFn: (value: Record<string, unknown>) => savePlannedEvent(api, event, { mode, description, schema: value }),
    onSuccess: async () => {
      await refresh();
      notifications.show({ message: t('plan.saved', { event }) });
    },
  });
  const propose = useMutation({
    mutationFn: () => proposeSchema(api, event),
    onSuccess: (proposal) => {
      setText(JSON.stringify(proposal.schema, null, 2));
      notifications.show({ message: t('plan.proposed', { count: proposal.examples }) });
    },
  });
  return (
    <>
      <PageHeader
        title={event}
        purpose={planned === undefined ? t('plan.notYet') : planned.description}
        actions={
          editable && planned !== undefined ? (
            <Button variant="default" onClick={() => setRemoving(true)}>
              {t('plan.remove')}
            </Button>
          ) : undefined
        }
      />
      <form
        onSubmit={(submit) => {
          submit.preventDefault();
          if (schema.ok) save.mutate(schema.value);
        }}
      >
        <Stack gap="lg">
          <Card title={t('plan.rules')}>
            <Stack gap="md">
              <Radio.Group
                label={t('plan.modeLabel')}
                value={mode}
                onChange={(value) => setMode(modes.find((one) => one === value) ?? 'report')}
              >
                <Stack gap="xs" mt="xs">
                  {modes.map((one) => (
                    <Radio
                      key={one}
                      value={one}
                      disabled={!editable}
                      label={t(`planMode.${one}`)}
                      description={t(`planModeHint.${one}`)}
                    />
                  ))}
                </Stack>
              </Radio.Group>
              <Textarea
                label={t('plan.description')}
                value={description}
                readOnly={!editable}
                autosize
                maxLength={2000}
                onChange={(change) => setDescription(change.currentTarget.value)}
              />
              <JsonInput
                label={t('plan.schema')}
                description={t('plan.schemaHint')}
                value={text}
                readOnly={!editable}
                onChange={setText}
                autosize
                minRows={10}
                maxRows={28}
                formatOnBlur
                spellCheck={false}
                error={schema.ok ? undefined : t(`plan.bad.${schema.reason}`)}
                classNames={{ input: styles.editor ?? '' }}
              />
              {save.error === null ? null : <ProblemAlert error={save.error} />}
              {propose.error === null ? null : <ProblemAlert error={propose.error} />}
              {editable ? (
                <Group justify="space-between">
                  <Button
                    variant="default"
                    leftSection={<IconSparkles size={16} aria-hidden="true" />}
                    loading={propose.isPending}
                    onClick={() => propose.mutate()}
                  >
                    {t('plan.propose')}
                  </Button>
                  <Button type="submit" loading={save.isPending} disabled={!schema.ok}>
                    {t('action.save')}
                  </Button>
                </Group>
              ) : null}
            </Stack>
          </Card>
          {planned === undefined ? null : <ViolationList event={event} />}
        </Stack>
      </form>
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('plan.removeTitle', { event })}
        confirmLabel={t('plan.remove')}
        onConfirm={async () => {
          await removePlannedEvent(api, event);
          await navigate({ to: '/data/plan' });
          await refresh();
        }}
      >
        <Text>{t('plan.removeAdvice')}</Text>
      </ConfirmDialog>
    </>
  );
}
