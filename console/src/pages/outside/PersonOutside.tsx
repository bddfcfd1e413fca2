import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { outsideOfQuery } from '../../api/outside.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import styles from '../customer/Customer.module.css';
import { useTermWords } from './terms.ts';

/** What data partners say of a customer: who says so, on what basis, until when, and whether it may be used. */
export function PersonOutside({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const words = useTermWords();
  const query = useQuery(outsideOfQuery(useApi(), profile));
  const { data, error } = query;
  if (error === null && (data === undefined || data.items.length === 0)) return null;
  return (
    <Card title={t('outside.ofPerson')}>
      {error === null ? null : <ProblemAlert error={error} onRetry={() => void query.refetch()} />}
      <ul className={styles.list}>
        {(data?.items ?? []).map((one) => (
          <li key={`${one.provider.key} ${one.segment}`} className={styles.row}>
            <span>
              {one.segment}
              <div className={styles.quiet}>
                <Link to="/segments/outside/$key" params={{ key: one.provider.key }}>
                  {one.provider.name}
                </Link>
                {` · ${words.basis(one.basis)} (${words.purpose(one.purpose)}) · ${words.uses(one.uses)}`}
              </div>
              <div className={styles.quiet}>
                {t('outside.until')} <DateTime at={one.expiresAt} only="date" />
              </div>
            </span>
            <StatusBadge tone={one.usable ? 'good' : 'warn'}>{t(`outside.why.${one.why}`)}</StatusBadge>
          </li>
        ))}
      </ul>
    </Card>
  );
}
