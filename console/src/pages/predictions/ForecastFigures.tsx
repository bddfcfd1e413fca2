import type { Expected, ProfilePredictions } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';

/** Probabilities, the next order, and value; each with its interval and its meaning. */
export function ForecastFigures({ foreseen }: { foreseen: ProfilePredictions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, order30, order90, churn, nextOrder, orders, value, lifetimeValue, tier } = foreseen;
  const money = (amount: number): string => format.roundMoney(amount, currency) ?? '';
  const range = ({ low, high }: Expected, write: (value: number) => string): string =>
    t('forecast.range', { low: write(low), high: write(high) });
  return (
    <StatRow>
      {order30 === null ? null : (
        <StatTile
          label={t('forecast.order30')}
          definition={t('forecast.order30Definition')}
          value={format.percent(order30)}
        />
      )}
      {order90 === null ? null : (
        <StatTile
          label={t('forecast.order90')}
          definition={t('forecast.order90Definition')}
          value={format.percent(order90)}
        />
      )}
      {churn === null ? null : (
        <StatTile
          label={t('forecast.churn')}
          definition={t('forecast.churnDefinition', { days: churn.horizonDays })}
          value={format.percent(churn.value)}
          note={t('forecast.churnNote', { days: churn.horizonDays })}
        />
      )}
      <StatTile
        label={t('forecast.nextOrder')}
        definition={t('forecast.nextOrderDefinition')}
        value={nextOrder === null ? nothing : format.day(nextOrder.at)}
        note={
          nextOrder === null
            ? t('forecast.noDate')
            : t('forecast.between', { from: format.date(nextOrder.from), to: format.date(nextOrder.to) })
        }
      />
      {orders === null ? null : (
        <StatTile
          label={t('forecast.orders')}
          definition={t('forecast.ordersDefinition')}
          value={format.number(orders.in365.expected, 1)}
          note={range(orders.in365, (one) => format.number(one, 1))}
        />
      )}
      {value === null ? null : (
        <StatTile
          label={t('forecast.value')}
          definition={t('forecast.valueDefinition', { in90: money(value.in90.expected) })}
          value={money(value.in365.expected)}
          note={range(value.in365, money)}
        />
      )}
      {lifetimeValue === null ? null : (
        <StatTile
          label={tier === null ? t('forecast.lifetime') : `${t('forecast.lifetime')} · ${t(`forecast.tier.${tier}`)}`}
          definition={t('forecast.lifetimeDefinition')}
          value={money(lifetimeValue.total)}
          note={t('forecast.lifetimeNote', {
            historic: money(lifetimeValue.historic),
            predicted: money(lifetimeValue.predicted),
          })}
        />
      )}
    </StatRow>
  );
}
