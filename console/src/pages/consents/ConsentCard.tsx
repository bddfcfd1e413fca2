import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConsentStanding } from '@vitrail/contracts';
import { lazy, Suspense, useState } from 'react';
import { consentsQuery } from '../../api/consents.ts';
import { useApi } from '../../api/context.tsx';
import { useSession } from '../../app/session.tsx';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { DateTime } from '../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import styles from './Consents.module.css';
import { standingTones, useConsentWords } from './useConsentWords.ts';

// Loaded when first opened.
const ConsentDrawer = lazy(() => import('./ConsentDrawer.tsx'));
const ChangeConsent = lazy(() => import('./ChangeConsent.tsx'));

/** What a customer allows, purpose by purpose and channel by channel, and why. */
export function ConsentCard({ profile }: { profile: string }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const query = useQuery(consentsQuery(useApi(), profile));
  const [reading, setReading] = useState(false);
  const [changing, setChanging] = useState(false);
  const { data } = query;
  return (
    <Card title={t('consent.title')}>
      {query.isPending ? <Skeleton height={120} /> : null}
      {query.error === null ? null : <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {data === undefined ? null : (
        <>
          <ul className={styles.list}>
            {data.standing.map((standing) => (
              <Row key={`${standing.purpose} ${standing.channel}`} standing={standing} />
            ))}
            {data.suppressed.map(({ channel, value, reason }) => (
              <Suppressed key={`${channel} ${value}`} channel={channel} value={value} reason={reason} />
            ))}
          </ul>
          <Group gap="xs" mt="sm">
            {data.ledger.items.length === 0 ? null : (
              <Button size="compact-sm" variant="default" onClick={() => setReading(true)}>
                {t('consent.ledger')}
              </Button>
            )}
            {can('consent.write') ? (
              <Button size="compact-sm" variant="default" onClick={() => setChanging(true)}>
                {t('consent.change')}
              </Button>
            ) : null}
          </Group>
          <Suspense>
            {reading ? <ConsentDrawer profile={profile} onClose={() => setReading(false)} /> : null}
            {changing ? (
              <ChangeConsent profile={profile} standing={data.standing} onClose={() => setChanging(false)} />
            ) : null}
          </Suspense>
        </>
      )}
    </Card>
  );
}

function Row({ standing }: { standing: ConsentStanding }) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const { state, why, at, source, allowed } = standing;
  const tone = allowed || state !== 'granted' ? standingTones[state] : 'warn';
  return (
    <li>
      <div className={styles.row}>
        <span>{words.of(standing)}</span>
        <StatusBadge tone={tone}>{t(`consent.why.${why}`)}</StatusBadge>
      </div>
      {at === null ? null : (
        <Text size="xs" c="dimmed">
          {words.source(source)} · <DateTime at={at} only="date" />
        </Text>
      )}
    </li>
  );
}

function Suppressed({ channel, value, reason }: { channel: string; value: string; reason: string }) {
  const { t } = useTranslation();
  const words = useConsentWords();
  const known = (['bounce', 'complaint', 'manual', 'imported', 'unsubscribed'] as const).find((one) => one === reason);
  return (
    <li>
      <div className={styles.row}>
        <span className={styles.value}>
          {words.channel(channel)}: {value}
        </span>
        <StatusBadge tone="bad">{t('suppressions.on')}</StatusBadge>
      </div>
      {known === undefined ? null : (
        <Text size="xs" c="dimmed">
          {t(`suppressions.reason.${known}`)}
        </Text>
      )}
    </li>
  );
}
