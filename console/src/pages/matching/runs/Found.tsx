import { Alert, Stack, Text } from '@mantine/core';
import type { MatchRun, RunReport } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Num, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { StatRow, StatTile } from '../../../ui/StatTile.tsx';
import { ClusterSizes } from '../model/ClusterSizes.tsx';
import { ThresholdPicker } from '../model/ThresholdPicker.tsx';
import styles from './Runs.module.css';
import { Samples } from './Samples.tsx';
import { SegmentChanges } from './SegmentChanges.tsx';

/** What a run found: the answer in one line first, then what it rests on. */
export function Found({ run, report }: { run: MatchRun; report: RunReport }) {
  const { t } = useTranslation();
  const { customers, merges, asks, households, warnings, vetoes } = report;
  const held = Object.entries(vetoes).filter(([, count]) => (count ?? 0) > 0);
  const people = run.kind === 'people';
  // What was planned and what could be done differ: an identifier too many is seen only when merging.
  const [merged, asked] = run.dryRun ? [merges, asks] : [run.merges + run.undoneMerges, run.reviews];
  return (
    <>
      <p className={styles.answer}>
        {t(run.dryRun ? 'matchRun.would' : 'matchRun.did', { merges: merged, asks: asked })}{' '}
        <span className={styles.after}>
          {t(people ? 'matchRun.customers' : 'matchRun.companies', {
            before: customers.before,
            after: run.dryRun ? customers.after : customers.before - merged,
          })}
        </span>
      </p>
      {warnings.length === 0 ? null : (
        <Alert color="yellow" variant="light" title={t('matchRun.warnings')}>
          {warnings.map((warning) => (
            <Text key={warning} size="sm">
              {warning}
            </Text>
          ))}
        </Alert>
      )}
      <StatRow>
        <StatTile
          label={t('matchRun.records')}
          definition={t('matchRun.recordsDefinition')}
          value={<Num value={report.records} />}
        />
        <StatTile
          label={t('matchRun.pairs')}
          definition={t('matchRun.pairsDefinition')}
          value={<Num value={report.pairs} />}
          note={t('matchRun.inBands', { auto: report.bands.auto, review: report.bands.review })}
        />
        {households === null ? null : (
          <StatTile
            label={t('matchRun.households')}
            definition={t('matchRun.householdsDefinition')}
            value={<Num value={households.households} />}
            note={t('matchRun.inHouseholds', { count: households.people })}
          />
        )}
        <Took report={report} />
      </StatRow>
      <Samples report={report} dryRun={run.dryRun} />
      <div className={styles.two}>
        <Stack gap="lg">
          <ClusterSizes clusters={report.clusters} />
          {held.length === 0 ? null : <Held held={held} />}
        </Stack>
        <SegmentChanges segments={report.segments} />
      </div>
      <ThresholdPicker run={run} report={report} />
    </>
  );
}

function Took({ report }: { report: RunReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <StatTile
      label={t('matchRun.took')}
      definition={report.stages
        .map(({ stage, seconds }) => `${t(`matchRun.stage.${stage}`)} ${format.number(seconds, 1)} s`)
        .join(' · ')}
      value={format.duration(report.seconds)}
      note={t('matchRun.memoryNote', { size: format.bytes(report.peakRssMb * 1_048_576) })}
    />
  );
}

const vetoes = [
  'cannot_link',
  'exclusive_differs',
  'birth_dates_apart',
  'too_large',
  'weak_chain',
  'identifier_limit',
  'gone',
] as const;

/** Likely enough, and yet not merged: why. */
function Held({ held }: { held: readonly (readonly [string, number | undefined])[] }) {
  const { t } = useTranslation();
  return (
    <Card title={t('matchRun.held')} note={t('matchRun.heldNote')}>
      <ul className={styles.list}>
        {held.map(([veto, count]) => {
          const known = vetoes.find((one) => one === veto);
          return (
            <li key={veto}>
              <span>{known === undefined ? veto : t(`matchVeto.${known}`)}</span>
              <Num value={count} />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
