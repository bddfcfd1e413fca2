import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Experiment } from '@vitrail/contracts';
import { useLearnings } from '../../api/experiments.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useFormat } from '../../ui/format/FormatProvider.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemAlert } from '../../ui/ProblemAlert.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import styles from './Experiments.module.css';
import { VerdictSentence } from './VerdictSentence.tsx';

const route = getRouteApi('/shell/website/experiments/learnings');
const tones = { won: 'good', lost: 'bad', no_difference: 'quiet', unclear: 'warn' } as const;

/** Everything that was learnt, put away or not: what one looks into before trying again. */
export function LearningsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { q = '' } = route.useSearch();
  const list = useLearnings(q);
  return (
    <>
      <PageHeader
        above={
          <Anchor component={Link} to="/website/experiments" size="sm" c="dimmed" className={styles.back}>
            <IconArrowLeft size={14} aria-hidden="true" /> {t('experiments.title')}
          </Anchor>
        }
        title={t('experiments.learnings.title')}
        purpose={t('experiments.learnings.purpose')}
      />
      <Group mb="md">
        <SearchField
          value={q}
          label={t('experiments.learnings.search')}
          onSearch={(next) =>
            void navigate({ to: '/website/experiments/learnings', search: { q: next || undefined }, replace: true })
          }
        />
      </Group>
      {list.error === null ? null : <ProblemAlert error={list.error} onRetry={list.retry} />}
      <Stack gap="md">
        {list.isLoading ? <Skeleton height={160} aria-busy="true" /> : null}
        {list.rows.map((experiment) => (
          <Learnt key={experiment.id} experiment={experiment} />
        ))}
        {list.rows.length > 0 || list.isLoading || list.error !== null ? null : (
          <EmptyState title={t(q === '' ? 'experiments.learnings.none' : 'experiments.learnings.notFound')}>
            {t(q === '' ? 'experiments.learnings.noneAdvice' : 'experiments.learnings.notFoundAdvice')}
          </EmptyState>
        )}
        {list.hasMore ? (
          <Group justify="center">
            <Button variant="default" loading={list.isLoadingMore} onClick={list.loadMore}>
              {t('experiments.learnings.more')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </>
  );
}

function Learnt({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { definition, learning, id } = experiment;
  if (learning === null) return null;
  const kept = definition.variations.find(({ key }) => key === learning.variation)?.name;
  return (
    <Card
      title={definition.name}
      actions={
        <Link to="/website/experiments/$id" params={{ id }} className={styles.name}>
          {t('experiments.learnings.open')}
        </Link>
      }
      note={[
        t(`experiments.kind.${definition.kind}`),
        ...(learning.at === null ? [] : [format.date(learning.at)]),
        ...(kept === undefined ? [] : [t('experiments.learnings.kept', { name: kept })]),
      ].join(' · ')}
    >
      <Stack gap="xs">
        <div>
          <StatusBadge tone={tones[learning.result]}>{t(`experiments.learning.result.${learning.result}`)}</StatusBadge>
        </div>
        {definition.hypothesis === '' ? null : (
          <Text size="sm" c="dimmed">
            {definition.hypothesis}
          </Text>
        )}
        {learning.verdict === null ? null : (
          <Text size="sm">
            <VerdictSentence verdict={learning.verdict} people={learning.people} definition={definition} />
          </Text>
        )}
        {learning.note === '' ? null : <Text className={styles.words}>{learning.note}</Text>}
      </Stack>
    </Card>
  );
}
