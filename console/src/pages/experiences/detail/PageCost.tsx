import { Text } from '@mantine/core';
import type { ExperienceReport } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../../ui/StatTile.tsx';

/** What it costs the page, as the visitors' own browsers measured it. */
export function PageCost({ cost }: { cost: ExperienceReport['cost'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (cost.pages === 0)
    return (
      <Card title={t('experiences.cost')}>
        <Text size="sm">{t('experiences.costUnknown')}</Text>
      </Card>
    );
  const ms = (value: number): string => t('experiences.ms', { ms: format.number(value, value < 10 ? 1 : 0) });
  return (
    <Card title={t('experiences.cost')} note={t('experiences.costNote', { pages: cost.pages })}>
      <StatRow>
        {(['wait', 'apply'] as const).map((what) => {
          const spread = cost[what];
          return spread === null ? null : (
            <StatTile
              key={what}
              label={t(`experiences.${what}`)}
              definition={t(`experiences.${what}Means`)}
              value={ms(spread.p50)}
              note={t('experiences.costSlow', { ms: ms(spread.p95) })}
            />
          );
        })}
      </StatRow>
    </Card>
  );
}
