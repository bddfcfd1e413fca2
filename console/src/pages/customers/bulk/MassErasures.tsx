import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MassErasure } from '@vitrail/contracts';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useApi } from '../../../api/context.tsx';
import { massErasuresQuery, stopErasing } from '../../../api/erasures.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';

// Loaded while one is under way.
const ProgressLine = lazy(() =>
  import('../../../ui/ProgressLine.tsx').then((part) => ({ default: part.ProgressLine })),
);

/** How long an erasure that is over is still told of. */
const toldMs = 10 * 60_000;

/** Erasures of many people under way, and those that just ended. */
export default function MassErasures() {
  const { t } = useTranslation();
  const api = useApi();
  const client = useQueryClient();
  const erasures = useQuery(massErasuresQuery(api));
  const erased = erasures.data?.items.reduce((sum, each) => sum + each.erased, 0) ?? 0;
  const before = useRef(erased);
  useEffect(() => {
    if (erased !== before.current) void client.invalidateQueries({ queryKey: ['customers'] });
    before.current = erased;
  }, [client, erased]);
  const stop = useMutation({
    mutationFn: (id: number) => stopErasing(api, id),
    onSuccess: () => client.invalidateQueries({ queryKey: massErasuresQuery(api).queryKey }),
  });
  const told = (erasures.data?.items ?? []).filter(
    ({ finishedAt }) => finishedAt === null || Date.now() - Date.parse(finishedAt) < toldMs,
  );
  return told.map((each) => (
    <Alert key={each.id} mb="md" color={each.state === 'running' ? 'lead' : 'gray'}>
      {each.state === 'running' ? (
        <Group wrap="nowrap" align="start">
          <div style={{ flex: 1 }}>
            <Suspense>
              <ProgressLine
                label={t('people.erasing', { people: each.people })}
                share={(each.erased + each.missing) / each.people}
              />
            </Suspense>
            <Text size="sm">{t('people.erasing', { people: each.people })}</Text>
          </div>
          <Button variant="default" size="compact-sm" loading={stop.isPending} onClick={() => stop.mutate(each.id)}>
            {t('people.stop')}
          </Button>
        </Group>
      ) : (
        <Receipt erasure={each} />
      )}
    </Alert>
  ));
}

function Receipt({ erasure }: { erasure: MassErasure }) {
  const { t } = useTranslation();
  const { erased, missing, receipts, state } = erasure;
  const rows = Object.values(erasure.removed).reduce((sum, count) => sum + count, 0);
  return (
    <>
      {state === 'cancelled' ? <Text size="sm">{t('people.stopped', { erased })}</Text> : null}
      <Text size="sm">{t('people.erased', { erased, rows, receipts: receipts.join(', ') })}</Text>
      {missing === 0 ? null : <Text size="sm">{t('people.missing', { count: missing })}</Text>}
    </>
  );
}
