import { Button, Group, Select, Stack, Text } from '@mantine/core';
import type { MatchRun, MatchThresholds, RunReport } from '@vitrail/contracts';
import { useMemo, useState } from 'react';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chart } from '../../../ui/chart/Chart.tsx';
import type { ChartColor } from '../../../ui/chart/chartData.ts';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { bandOf, consequenceOf, placesOf } from '../consequence.ts';
import { useDryRun } from '../runs/StartDryRun.tsx';
import styles from './Model.module.css';

const bands = ['apart', 'review', 'auto'] as const;
const colors: Readonly<Record<(typeof bands)[number], ChartColor>> = { apart: 'quiet', review: 'store', auto: 'good' };

/** Moves the thresholds over the pairs of a run and tells what that would mean; a dry run shows it exactly. */
export function ThresholdPicker({ run, report }: { run: MatchRun; report: RunReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const [chosen, setChosen] = useState<MatchThresholds>(run.thresholds);
  const dryRun = useDryRun(run.kind);
  const { histogram } = report;
  const { auto, review } = run.thresholds;
  const places = useMemo(() => placesOf(histogram, [auto, review]), [histogram, auto, review]);
  const data = useMemo(
    () => ({
      labels: histogram.map(({ from, to }) => `${format.percent(from)} – ${format.percent(to)}`),
      series: bands.map((band) => ({
        name: t(`matchModel.band.${band}`),
        values: histogram.map((bin) => (bandOf(bin, chosen) === band ? bin.pairs : null)),
        color: colors[band],
        kind: 'bar' as const,
        stack: 'pairs',
      })),
    }),
    [histogram, chosen, format, t],
  );
  if (histogram.length === 0) return null;
  const { merge, ask, exact } = consequenceOf(histogram, chosen);
  const changed = chosen.auto !== auto || chosen.review !== review;
  const choices = (allowed: (place: number) => boolean) =>
    places.filter(allowed).map((place) => ({ value: String(place), label: format.percent(place) }));
  return (
    <div className={styles.picker}>
      <Chart
        title={t('matchModel.histogram')}
        note={
          <span className={styles.bands}>
            {bands.map((band) => (
              <span key={band} data-band={band}>
                {t(`matchModel.band.${band}`)}
              </span>
            ))}
          </span>
        }
        data={data}
        axis={t('review.probability')}
        label={same}
        height={240}
      />
      <Card title={t('matchModel.thresholds')} note={t('matchModel.thresholdsNote')}>
        <Stack gap="md">
          <Group align="end" gap="md" grow>
            <Select
              label={t('matchModel.askFrom')}
              value={String(chosen.review)}
              data={choices((place) => place <= chosen.auto)}
              onChange={(value) => value !== null && setChosen({ ...chosen, review: Number(value) })}
            />
            <Select
              label={t('matchModel.mergeFrom')}
              value={String(chosen.auto)}
              data={choices((place) => place >= chosen.review)}
              onChange={(value) => value !== null && setChosen({ ...chosen, auto: Number(value) })}
            />
          </Group>
          <Text role="status" fw={600}>
            {t(exact ? 'matchModel.consequence' : 'matchModel.consequenceAbout', { merge, ask })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('matchModel.consequenceNote')}
          </Text>
          {can('identity.write') && changed ? (
            <Button
              variant="default"
              loading={dryRun.isPending}
              onClick={() => dryRun.mutate({ thresholds: chosen, ...(run.model === null ? {} : { model: run.model }) })}
            >
              {t('matchModel.tryThem')}
            </Button>
          ) : null}
        </Stack>
      </Card>
    </div>
  );
}

const same = (text: string): string => text;
