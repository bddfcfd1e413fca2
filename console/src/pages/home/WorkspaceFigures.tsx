import { Link } from '@tanstack/react-router';
import type { Stats } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { Money, Num, useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Home.module.css';

/** The whole workspace since its first day. */
export function WorkspaceFigures({ stats, error }: { stats: Stats | undefined; error: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (stats === undefined && error !== null) return <ProblemAlert error={error} />;
  const rows = [
    { key: 'everyone', to: '/customers', value: <Num value={stats?.profiles} /> },
    { key: 'identified', to: '/customers', value: <Num value={stats?.identified} /> },
    { key: 'merges', to: '/merges', value: <Num value={stats?.merges} /> },
    { key: 'events', to: '/data/live', value: <Num value={stats?.events} /> },
    { key: 'allOrders', to: '/customers', value: <Num value={stats?.orders} /> },
    { key: 'allRevenue', to: '/customers', value: <Money amount={stats?.revenue} currency={stats?.currency} /> },
    { key: 'products', to: '/products', value: <Num value={stats?.products} /> },
  ] as const;
  return (
    <Card
      title={t('home.total')}
      note={stats === undefined ? undefined : t('home.asOf', { at: format.dateTime(stats.at) })}
    >
      <dl className={styles.figures}>
        {rows.map((row) => (
          <div key={row.key} title={t(`home.${row.key}Definition`)}>
            <dt>
              <Link to={row.to}>{t(`home.${row.key}`)}</Link>
            </dt>
            <dd>{row.value}</dd>
          </div>
        ))}
      </dl>
      {stats === undefined || stats.ordersWithoutRate === 0 ? null : (
        <p className={styles.note}>
          <Link to="/settings/rates">{t('home.withoutRate', { count: stats.ordersWithoutRate })}</Link>
        </p>
      )}
    </Card>
  );
}
