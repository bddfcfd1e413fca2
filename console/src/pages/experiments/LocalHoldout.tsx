import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Experiment } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { localHoldoutQuery } from '../../api/experiments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { HoldoutFigures } from './HoldoutFigures.tsx';

/** What the whole experiment brought, whichever variation people got: against those kept out of it. */
export function LocalHoldout({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(localHoldoutQuery(useApi(), experiment.id));
  return (
    <Card
      title={t('experiments.held.local')}
      note={t('experiments.held.localNote', { share: format.percent(experiment.definition.holdout) })}
    >
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === undefined ? <Skeleton height={120} aria-busy="true" /> : <HoldoutFigures report={query.data} />}
    </Card>
  );
}
