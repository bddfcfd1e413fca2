import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReviewDetail } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Money, Num, nothing } from '../../../ui/format/FormatProvider.tsx';
import { humanName } from '../../../ui/value.ts';
import styles from './Review.module.css';

type Totals = NonNullable<ReviewDetail['totals']>;

/** What the two have, and what the one would have. */
export function Consequences({ review }: { review: ReviewDetail }) {
  const { t } = useTranslation();
  const { totals, consents, segments } = review;
  if (totals === null && consents.length === 0 && segments.length === 0) return null;
  const stricter = consents.filter(({ left, right }) => left !== null && right !== null && left !== right);
  return (
    <Card title={t('review.consequences')} note={t('review.consequencesNote')}>
      <table className={styles.change}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('review.left')}</th>
            <th scope="col">{t('review.right')}</th>
            <th scope="col">{t('review.merged')}</th>
          </tr>
        </thead>
        <tbody>
          {totals === null ? null : <TotalRows totals={totals} />}
          {consents.map(({ purpose, left, right, merged }) => (
            <tr key={purpose}>
              <th scope="row">{humanName(purpose)}</th>
              <td>
                <Consent granted={left} />
              </td>
              <td>
                <Consent granted={right} />
              </td>
              <td>
                <span className={styles.outcome} data-merged={merged}>
                  {t(merged ? 'review.granted' : 'review.refused')}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {stricter.length === 0 ? null : (
        <Text size="sm" c="dimmed" mt="xs">
          {t('review.stricter')}
        </Text>
      )}
      {segments.length === 0 ? null : <Segments segments={segments} />}
    </Card>
  );
}

function TotalRows({ totals: { left, right, merged } }: { totals: Totals }) {
  const { t } = useTranslation();
  return (
    <>
      <tr>
        <th scope="row">{t('review.orders')}</th>
        {[left, right].map(({ orders }, at) => (
          <td key={at === 0 ? 'left' : 'right'}>
            <Num value={orders} />
          </td>
        ))}
        <td>
          <Num value={merged.orders} />
        </td>
      </tr>
      <tr>
        <th scope="row">{t('review.revenue')}</th>
        {[left, right].map(({ revenue, currency }, at) => (
          <td key={at === 0 ? 'left' : 'right'}>
            <Money amount={revenue} currency={currency} />
          </td>
        ))}
        <td>
          <Money amount={merged.revenue} currency={merged.currency} />
        </td>
      </tr>
    </>
  );
}

function Consent({ granted }: { granted: boolean | null }) {
  const { t } = useTranslation();
  if (granted === null) return nothing;
  return t(granted ? 'review.granted' : 'review.refused');
}

/** Segments of which only one is a member: the one customer would be judged anew. */
function Segments({ segments }: Pick<ReviewDetail, 'segments'>) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" fw={600} mt="sm">
        {t('review.segments')}
      </Text>
      <ul className={styles.segments}>
        {segments.map(({ id, name, left, right }) => (
          <li key={id}>
            <Link to="/segments/$id" params={{ id }}>
              {name}
            </Link>
            <span className={styles.quiet}>
              {t(left && right ? 'review.inBoth' : left ? 'review.inLeft' : 'review.inRight')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
