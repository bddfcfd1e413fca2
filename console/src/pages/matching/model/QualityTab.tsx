import { Button, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { MatchingState, MatchKind, MatchQuality } from '@vitrail/contracts';
import { useApi } from '../../../api/context.tsx';
import { qualityQuery } from '../../../api/matching.ts';
import { useSession } from '../../../app/session.tsx';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Num, nothing, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx';
import { StatRow, StatTile } from '../../../ui/StatTile.tsx';
import { useDryRun } from '../runs/StartDryRun.tsx';
import styles from './Model.module.css';
import { PolicyCard } from './PolicyCard.tsx';

type Rate = MatchQuality['automatic'];

/** How right the model is, by what people decided; and the rules they decide by. */
export default function QualityTab({ kind, state }: { kind: MatchKind; state: MatchingState | undefined }) {
  const { t } = useTranslation();
  const query = useQuery(qualityQuery(useApi(), kind));
  if (query.isPending) return <Skeleton height={240} aria-busy="true" />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const quality = query.data;
  return (
    <Stack gap="lg">
      <StatRow>
        <RateTile
          label={t('matchModel.autoRight')}
          definition={t('matchModel.autoRightDefinition')}
          rate={quality.automatic}
        />
        <RateTile
          label={t('matchModel.askedSame')}
          definition={t('matchModel.askedSameDefinition')}
          rate={quality.review}
        />
        <StatTile
          label={t('matchModel.labels')}
          definition={t('matchModel.labelsDefinition')}
          value={<Num value={quality.labels} />}
          note={
            quality.labels >= quality.labelsNeeded
              ? undefined
              : t('matchModel.labelsNeeded', { count: quality.labelsNeeded })
          }
        />
      </StatRow>
      <Reliability bins={quality.bins} />
      <Recalibration quality={quality} />
      {state === undefined ? null : <PolicyCard kind={kind} state={state} />}
    </Stack>
  );
}

function RateTile({ label, definition, rate }: { label: string; definition: string; rate: Rate }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <StatTile
      label={label}
      definition={definition}
      value={rate.share === null ? nothing : format.percent(rate.share)}
      note={
        rate.share === null
          ? t('matchModel.noChecks')
          : t('matchModel.interval', {
              low: format.percent(rate.low),
              high: format.percent(rate.high),
              right: rate.right,
              checked: rate.checked,
            })
      }
    />
  );
}

/** What the model promised and what came true, bin by bin. */
function Reliability({ bins }: Pick<MatchQuality, 'bins'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('matchModel.reliability')} note={t('matchModel.reliabilityNote')}>
      {bins.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('matchModel.noLabels')}
        </Text>
      ) : (
        <Table.ScrollContainer
          minWidth={560}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={t('matchModel.reliability')}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('review.probability')}</th>
                <th scope="col" data-align="end">
                  {t('matchModel.checked')}
                </th>
                <th scope="col" data-align="end">
                  {t('matchModel.promised')}
                </th>
                <th scope="col" data-align="end">
                  {t('matchModel.came')}
                </th>
                <th scope="col" className={styles.weights}>
                  {t('matchModel.intervalHead')}
                </th>
              </tr>
            </thead>
            <tbody>
              {bins.map((bin) => (
                <tr key={bin.from}>
                  <th scope="row">
                    {t('matchModel.fromTo', { from: format.percent(bin.from), to: format.percent(bin.to) })}
                  </th>
                  <td data-align="end">
                    <Num value={bin.checked} />
                  </td>
                  <td data-align="end">{bin.predicted === null ? nothing : format.percent(bin.predicted)}</td>
                  <td data-align="end">{bin.share === null ? nothing : format.percent(bin.share)}</td>
                  <td
                    className={styles.weights}
                    title={t('matchModel.fromTo', { from: format.percent(bin.low), to: format.percent(bin.high) })}
                  >
                    <span className={styles.interval} aria-hidden="true">
                      <span
                        className={styles.range}
                        style={{ insetInlineStart: `${bin.low * 100}%`, width: `${(bin.high - bin.low) * 100}%` }}
                      />
                      {bin.predicted === null ? null : (
                        <span className={styles.promised} style={{ insetInlineStart: `${bin.predicted * 100}%` }} />
                      )}
                      {bin.share === null ? null : (
                        <span className={styles.point} style={{ insetInlineStart: `${bin.share * 100}%` }} />
                      )}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}

/** Thresholds that would keep the promise, once there are answers enough. Offered; a dry run shows what they do. */
function Recalibration({ quality }: { quality: MatchQuality }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { can } = useSession();
  const dryRun = useDryRun(quality.kind);
  const offer = quality.recalibration;
  if (offer === null)
    return (
      <Card title={t('matchModel.recalibration')}>
        <Text size="sm" c="dimmed">
          {t('matchModel.noOffer', { count: quality.labels, needed: quality.labelsNeeded })}
        </Text>
      </Card>
    );
  const { thresholds, loss } = offer;
  return (
    <Card title={t('matchModel.recalibration')} note={t('matchModel.recalibrationNote', { count: offer.labels })}>
      <Stack gap="sm" align="flex-start">
        <Text>
          {t('matchModel.offer', {
            auto: format.percent(thresholds.auto),
            review: format.percent(thresholds.review),
            before: format.number(loss.before, 3),
            after: format.number(loss.after, 3),
          })}
        </Text>
        {can('identity.write') ? (
          <Button variant="default" loading={dryRun.isPending} onClick={() => dryRun.mutate({ thresholds })}>
            {t('matchModel.tryThem')}
          </Button>
        ) : null}
      </Stack>
    </Card>
  );
}
