import { Button, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MatchingState, MatchKind } from '@vitrail/contracts';
import { useState } from 'react';
import { useApi } from '../../../api/context.tsx';
import { changeMatching, matchingQuery, type PolicyChange } from '../../../api/matching.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { notifications } from '../../../ui/notify.ts';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';

/** How people decide: alone or in twos, how many merges are checked; and the way to stop merging by itself. */
export function PolicyCard({ kind, state }: { kind: MatchKind; state: MatchingState }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const api = useApi();
  const client = useQueryClient();
  const [stopping, setStopping] = useState(false);
  const [share, setShare] = useState<string | number>(() => Math.round(state.checkedShare * 1_000) / 10);
  const change = useMutation({
    mutationFn: (wanted: PolicyChange) => changeMatching(api, kind, wanted),
    onSuccess: (changed) => {
      client.setQueryData(matchingQuery(api, kind).queryKey, changed);
      notifications.show({ message: t('action.saved') });
    },
  });
  const mayChange = can('identity.write');
  const shown = Number(share) / 100;
  const keepShare = () => {
    if (share !== '' && Math.abs(shown - state.checkedShare) > 1e-6) change.mutate({ checkedShare: shown });
  };
  return (
    <Card title={t('matchModel.policy')}>
      <Stack gap="md" maw={620}>
        <Switch
          label={t('matchModel.twoPerson')}
          description={t('matchModel.twoPersonNote')}
          checked={state.twoPerson}
          disabled={!mayChange || change.isPending}
          onChange={(event) => change.mutate({ twoPerson: event.currentTarget.checked })}
        />
        <NumberInput
          label={t('matchModel.checkedShare')}
          description={t('matchModel.checkedShareNote')}
          value={share}
          onChange={setShare}
          onBlur={keepShare}
          onKeyDown={(event) => event.key === 'Enter' && keepShare()}
          min={0}
          max={100}
          step={0.5}
          decimalScale={1}
          suffix=" %"
          styles={{ wrapper: { maxWidth: 160 } }}
          disabled={!mayChange}
        />
        {state.automatic && mayChange ? (
          <div>
            <Button variant="default" onClick={() => setStopping(true)}>
              {t('matchModel.stop')}
            </Button>
            <Text size="sm" c="dimmed" mt={4}>
              {t('matchModel.stopNote')}
            </Text>
          </div>
        ) : null}
        {change.error === null ? null : <ProblemAlert error={change.error} />}
      </Stack>
      <ConfirmDialog
        opened={stopping}
        title={t('matchModel.stopTitle')}
        confirmLabel={t('matchModel.stop')}
        onClose={() => setStopping(false)}
        onConfirm={() => change.mutateAsync({ automatic: false })}
      >
        <Text>{t('matchModel.stopNote')}</Text>
      </ConfirmDialog>
    </Card>
  );
}
