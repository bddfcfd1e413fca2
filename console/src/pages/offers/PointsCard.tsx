import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { pointsQuery } from '../../api/offers.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';

/** A customer's points; nothing where there never were any. */
export function PointsCard({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const points = useQuery(pointsQuery(useApi(), profile)).data;
  if (points === undefined || points.entries.items.length === 0) return null;
  const { balance, tier, nextTier, expiring } = points;
  return (
    <Card title={t('loyalty.title')}>
      <Text fw={600}>{t('loyalty.balance', { points: balance })}</Text>
      {tier === null ? null : <Text size="sm">{t('loyalty.tier', { tier })}</Text>}
      {nextTier === null ? null : (
        <Text size="sm" c="dimmed">
          {t('loyalty.next', { tier: nextTier.name, points: nextTier.missing })}
        </Text>
      )}
      {expiring === null ? null : (
        <Text size="sm" c="dimmed">
          {t('loyalty.ending', { points: expiring.points, at: format.date(expiring.at) })}
        </Text>
      )}
    </Card>
  );
}
