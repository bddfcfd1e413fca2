import { Button, Stack, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { MatchRun } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { activateMatchRun } from '../../../api/matching.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { notifications } from '../../../ui/notify.ts';

/** Puts in force what a dry run has shown, after saying once more what that is. */
export function Activate({ run }: { run: MatchRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [automatic, setAutomatic] = useState(true);
  const { report, model, thresholds } = run;
  if (!run.dryRun || run.state !== 'done' || report === null || model === null || !can('identity.write')) return null;
  const people = run.kind === 'people';
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('matchRun.activate')}</Button>
      <ConfirmDialog
        opened={asking}
        title={t('matchRun.activateTitle', { merges: report.merges, asks: report.asks })}
        confirmLabel={t('matchRun.activateNow', { count: report.merges })}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const started = await activateMatchRun(api, run.id, automatic);
          await client.invalidateQueries({ queryKey: ['matching'] });
          notifications.show({ message: t('matchRun.activated', { version: model }) });
          await navigate({ to: '/matching/runs/$id', params: { id: String(started.id) } });
        }}
      >
        <Stack gap="sm">
          <Text>
            {t(people ? 'matchRun.customers' : 'matchRun.companies', {
              before: report.customers.before,
              after: report.customers.after,
            })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('matchRun.activateNote', {
              version: model,
              auto: format.percent(thresholds.auto),
              review: format.percent(thresholds.review),
            })}
          </Text>
          <Switch
            label={t('matchRun.alsoLive')}
            description={t('matchRun.alsoLiveNote')}
            checked={automatic}
            onChange={(event) => setAutomatic(event.currentTarget.checked)}
          />
        </Stack>
      </ConfirmDialog>
    </>
  );
}
