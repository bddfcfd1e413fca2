import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/context.tsx';
import { customerReviewsQuery } from '../../api/household.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { usePersonName } from '../../ui/PersonName.tsx';
import styles from './Household.module.css';

/** Who a customer may be recorded as, too: the open questions about them. Nothing when there is none. */
export function CustomerReviews({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const { data } = useQuery(customerReviewsQuery(useApi(), profile));
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Card title={t('doubles.title')} note={t('doubles.note')}>
      <ul className={styles.members}>
        {data.items.map(({ id, left, right, probability }) => (
          <li key={id} className={styles.double}>
            <Link to="/reviews" search={{ id }}>
              {nameOf(left.id === profile ? right : left)}
            </Link>
            <span className={styles.likely}>{format.percent(Math.floor(probability * 1_000) / 1_000)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
