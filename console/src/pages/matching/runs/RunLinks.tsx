import { SegmentedControl, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { MatchRun, runLinkListSchema } from '@vitrail/contracts';
import { useState } from 'react';
import type { z } from 'zod';
import { useRunLinks } from '../../../api/matching.ts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { LoadMore } from '../../../ui/table/LoadMore.tsx';
import styles from './Runs.module.css';
import { Pair } from './Samples.tsx';

type RunLink = z.infer<typeof runLinkListSchema>['items'][number];

const plain = ['planned', 'merged', 'already_one', 'asked', 'answered', 'undone'] as const;

/** Everything a run merged or asked, in its order: the most likely first. */
export function RunLinks({ run }: { run: MatchRun }) {
  const { t } = useTranslation();
  const [action, setAction] = useState<'merge' | 'review'>('merge');
  const list = useRunLinks(run.id, action);
  // A dry run keeps its samples; the whole plan only until another run takes its place.
  if (run.dryRun && action === 'merge' && list.rows.length === 0) return null;
  return (
    <Card
      title={t(run.dryRun ? 'matchRun.allPlanned' : 'matchRun.allDone')}
      note={t('matchRun.allNote')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('matchRun.allPlanned')}
          value={action}
          onChange={(value) => setAction(value === 'review' ? 'review' : 'merge')}
          data={[
            { value: 'merge', label: t('matchRun.merges') },
            { value: 'review', label: t('matchRun.asks') },
          ]}
        />
      }
    >
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading ? <Skeleton height={160} /> : null}
      {!list.isLoading && list.rows.length === 0 && list.error === null ? (
        <Text size="sm" c="dimmed">
          {t(`matchRun.none.${action}`)}
        </Text>
      ) : null}
      <ul className={styles.pairs}>
        {list.rows.map((link, at) => (
          <Pair key={`${link.left?.id ?? at} ${link.right?.id ?? at}`} link={link}>
            <Outcome link={link} />
          </Pair>
        ))}
      </ul>
      <LoadMore list={list} />
    </Card>
  );
}

/** What became of a pair; a question leads to where it is asked. */
function Outcome({ link }: { link: RunLink }) {
  const { t } = useTranslation();
  const { outcome, review, veto } = link;
  const known = plain.find((one) => one === outcome);
  const reason = veto === null ? null : t(`matchVeto.${veto}`);
  return (
    <span className={styles.outcome}>
      {review === null || outcome === 'planned' ? (
        known === undefined ? null : (
          t(`matchRun.outcome.${known}`)
        )
      ) : (
        <Link to="/reviews" search={{ id: review }}>
          {t(`matchRun.outcome.${known ?? 'asked'}`)}
        </Link>
      )}
      {reason === null ? null : <span>{reason}</span>}
    </span>
  );
}
