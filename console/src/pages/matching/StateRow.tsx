import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MatchingState } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Num, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { RunProgress } from './runs/RunProgress.tsx';

/** What is in force, and what is going on. Nothing before the first model. */
export function StateRow({ state }: { state: MatchingState | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state === undefined) return null;
  const { model, automatic, thresholds, openReviews, waiting, running, kind } = state;
  return (
    <Stack gap="md" mb="lg">
      {running === null ? null : (
        <Card
          title={t(running.dryRun ? 'matchRun.dryUnderWay' : 'matchRun.underWay')}
          actions={
            <Link to="/matching/runs/$id" params={{ id: String(running.id) }}>
              {t('matchRun.open')}
            </Link>
          }
        >
          <RunProgress run={running} />
        </Card>
      )}
      {model === null ? null : (
        <StatRow>
          <StatTile
            label={t('matching.inForce')}
            definition={t('matching.inForceDefinition')}
            value={t('matching.version', { version: model.version })}
            note={
              <>
                {t('matching.since')} <Relative at={model.activatedAt} />
              </>
            }
          />
          <StatTile
            label={t('matching.automatic')}
            definition={t('matching.automaticDefinition')}
            value={t(automatic ? 'matching.on' : 'matching.off')}
            note={t('matching.bands', {
              auto: format.percent(thresholds.auto),
              review: format.percent(thresholds.review),
            })}
          />
          <StatTile
            label={t('matching.openReviews')}
            definition={t('matching.openReviewsDefinition')}
            value={<Num value={openReviews} />}
            note={
              <Link to="/reviews" search={kind === 'people' ? {} : { kind }}>
                {t('matching.toQueue')}
              </Link>
            }
          />
          <StatTile
            label={t('matching.waiting')}
            definition={t('matching.waitingDefinition')}
            value={<Num value={waiting} />}
            note={waiting === 0 ? <Text span>{t('matching.upToDate')}</Text> : undefined}
          />
        </StatRow>
      )}
    </Stack>
  );
}
