import type { Profile } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { DateTime, Money, Num, Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';

/** The few numbers a shop asks first. */
export function KeyFigures({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { totals } = profile;
  const other = totals.byCurrency
    .filter((part) => part.currency !== totals.currency)
    .map((part) => format.money(part.revenue, part.currency));
  const notes = [
    other.length === 0 ? null : t('customer.ofWhich', { amounts: format.list(other.filter((text) => text !== null)) }),
    totals.withoutRate === 0 ? null : t('customer.withoutRate', { count: totals.withoutRate }),
    totals.refunded === 0
      ? null
      : t('customer.refunded', { amount: format.money(totals.refunded, totals.currency) ?? '' }),
  ].filter((note) => note !== null);
  return (
    <StatRow>
      <StatTile
        label={t('customer.revenue')}
        definition={t('customer.revenueDefinition', { currency: totals.currency })}
        value={<Money amount={totals.revenue} currency={totals.currency} />}
        note={notes.length === 0 ? undefined : notes.join(' · ')}
      />
      <StatTile
        label={t('customer.orders')}
        definition={t('customer.ordersDefinition')}
        value={<Num value={totals.orders} />}
      />
      <StatTile
        label={t('customer.average')}
        definition={t('customer.averageDefinition')}
        value={<Money amount={totals.averageOrder} currency={totals.currency} />}
      />
      <StatTile
        label={t('customer.lastOrder')}
        definition={t('customer.lastOrderDefinition')}
        value={<Relative at={totals.lastOrderAt} />}
        note={
          totals.firstOrderAt === null ? undefined : (
            <>
              {t('customer.firstOrder')} <DateTime at={totals.firstOrderAt} only="date" />
            </>
          )
        }
      />
      <StatTile
        label={t('customer.lastSeen')}
        definition={t('customer.lastSeenDefinition')}
        value={<Relative at={profile.lastSeenAt} />}
        note={t('customer.events', { count: profile.eventCount })}
      />
    </StatRow>
  );
}
