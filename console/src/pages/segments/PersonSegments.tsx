import { Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useApi } from '../../api/context.tsx';
import { profileSegmentsQuery, segmentChoicesQuery } from '../../api/segments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import styles from './Segments.module.css';

// Loaded when first opened.
const WhyDrawer = lazy(() => import('./detail/WhyDrawer.tsx'));

/** The segments a person is in, since when, and why. */
export function PersonSegments({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const segments = useQuery(profileSegmentsQuery(api, profile));
  const known = useQuery(segmentChoicesQuery(api)).data?.items ?? [];
  const [asked, setAsked] = useState<{ id: string; name: string } | null>(null);
  const isList = (id: string) => known.some((one) => one.id === id && one.kind === 'list');
  return (
    <Card title={t('segments.customer.title')}>
      {segments.error === null ? null : <ProblemAlert error={segments.error} onRetry={() => void segments.refetch()} />}
      {segments.data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('segments.customer.none')}
        </Text>
      ) : null}
      <ul className={styles.memberships}>
        {(segments.data ?? []).map((segment) => (
          <li key={segment.id}>
            <Link to="/segments/$id" params={{ id: segment.id }}>
              {segment.name}
            </Link>
            <span className={styles.quiet}>
              {t('segments.customer.since', { at: format.date(segment.since) })}
              {isList(segment.id) ? null : (
                <>
                  {' · '}
                  <UnstyledButton
                    className={styles.why}
                    aria-label={t('segments.customer.why', { name: segment.name })}
                    onClick={() => setAsked(segment)}
                  >
                    {t('segments.customer.whyShort')}
                  </UnstyledButton>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <Suspense>
          <WhyDrawer segment={asked} profile={profile} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </Card>
  );
}
