import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { findLabel, type RecommendedItem } from '@vitrail/contracts';
import { useApi } from '../../api/context.tsx';
import { productAudienceQuery } from '../../api/recommendations.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../ui/StatTile.tsx';
import { ItemCards } from './ItemCards.tsx';
import styles from './Items.module.css';

/** What goes with a product, what is like it, who buys it. */
export default function ProductAudience({ product }: { product: string }) {
  const { t, language } = useTranslation();
  const format = useFormat();
  const query = useQuery(productAudienceQuery(useApi(), product, language));
  if (query.isPending) return <Skeleton height={280} mt="lg" aria-busy="true" />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const { boughtTogether, similar, buyers } = query.data;
  return (
    <>
      <div className={styles.two}>
        <Row
          title={t('suggested.together')}
          note={t('suggested.togetherNote')}
          items={boughtTogether}
          none={t('suggested.noTogether')}
        />
        <Row
          title={t('suggested.similar')}
          note={t('suggested.similarNote')}
          items={similar}
          none={t('suggested.noSimilar')}
        />
      </div>
      <div style={{ marginTop: 24 }}>
        <Card title={t('suggested.buyers')}>
          {buyers.customers === 0 ? (
            <Text size="sm" c="dimmed">
              {t('suggested.noBuyers')}
            </Text>
          ) : (
            <>
              <StatRow>
                <StatTile
                  label={t('suggested.buyersCount')}
                  definition={t('suggested.buyersCountDefinition')}
                  value={format.number(buyers.customers)}
                />
                <StatTile
                  label={t('suggested.orders')}
                  definition={t('suggested.ordersDefinition')}
                  value={format.number(buyers.orders)}
                />
                <StatTile
                  label={t('suggested.revenue')}
                  definition={t('suggested.revenueDefinition')}
                  value={format.roundMoney(buyers.revenue, buyers.currency)}
                />
                <StatTile
                  label={t('suggested.again')}
                  definition={t('suggested.againDefinition')}
                  value={format.percent(buyers.repeatShare)}
                />
              </StatRow>
              {buyers.personas.length === 0 ? null : (
                <>
                  <Text size="sm" fw={600} mt="md">
                    {t('suggested.personas')}
                  </Text>
                  <dl className={styles.personas}>
                    {buyers.personas.map(({ key, customers }) => (
                      <div key={key} style={{ display: 'contents' }}>
                        <dt>{findLabel('persona', key, language) ?? key}</dt>
                        <dd>
                          {format.number(customers)} · {format.percent(customers / buyers.customers)}
                        </dd>
                      </div>
                    ))}
                  </dl>
                </>
              )}
            </>
          )}
        </Card>
      </div>
    </>
  );
}

interface RowProps {
  readonly title: string;
  readonly note: string;
  readonly items: readonly RecommendedItem[];
  readonly none: string;
}

function Row({ title, note, items, none }: RowProps) {
  return (
    <Card title={title} note={note}>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : (
        <ItemCards items={items.slice(0, 6)} label={title} />
      )}
    </Card>
  );
}
