import { Stack, Table, Text } from '@mantine/core';
import type { RecommendationEvaluation, RecommendationReport } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { Term } from '../../ui/Term.tsx';
import styles from './Recommendations.module.css';

const measures = ['hitRate10', 'ndcg10', 'precision10', 'recall20', 'coverage'] as const;

/** How good recommendations would have been, and are. */
export default function QualityTab({ report }: { report: RecommendationReport }) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Online online={report.online} />
      {report.evaluations.length === 0 ? (
        <EmptyState title={t('recommendations.noEvaluation')}>{t('recommendations.noEvaluationAdvice')}</EmptyState>
      ) : (
        report.evaluations.map((evaluation) => <Evaluation key={evaluation.protocol} evaluation={evaluation} />)
      )}
    </Stack>
  );
}

function Evaluation({ evaluation }: { evaluation: RecommendationEvaluation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { protocol, rankings, users, items, test, coldShare, at } = evaluation;
  const title = `${t('recommendations.evaluations')} · ${t(`recommendations.protocol.${protocol}`)}`;
  return (
    <Card
      title={title}
      note={
        <>
          {t(`recommendations.protocolNote.${protocol}`)}
          <br />
          {t('recommendations.evaluatedOn', {
            users,
            items,
            test,
            cold: format.percent(coldShare),
            at: format.dateTime(at),
          })}
        </>
      }
    >
      <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} role="group" aria-label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('recommendations.methodColumn')}</th>
              {measures.map((measure) => (
                <th key={measure} scope="col" data-align="end">
                  <Term meaning={t(`recommendations.measureMeaning.${measure}`)}>
                    {t(`recommendations.measure.${measure}`)}
                  </Term>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rankings.map((ranking) => (
              <tr key={ranking.method}>
                <th scope="row">{t(`recommendations.ranking.${ranking.method}`)}</th>
                {measures.map((measure) => (
                  <td
                    key={measure}
                    data-align="end"
                    data-best={rankings.every((other) => other[measure] <= ranking[measure])}
                  >
                    {format.percent(ranking[measure])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Table.ScrollContainer>
    </Card>
  );
}

/** Fewer people than this in the comparing group prove nothing. */
const enoughPeople = 200;

/** What people did with what they were shown, by group. */
function Online({ online }: { online: RecommendationReport['online'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isShown = online.arms.some(({ shown }) => shown > 0);
  const compared = online.arms.find(({ arm }) => arm === 'popular')?.people ?? 0;
  const rate = (part: number, whole: number): string => (whole === 0 ? nothing : format.percent(part / whole));
  return (
    <Card title={t('recommendations.online')} note={t('recommendations.onlineNote', { days: online.days })}>
      {isShown ? (
        <>
          <Table.ScrollContainer
            minWidth={480}
            type="native"
            tabIndex={0}
            role="group"
            aria-label={t('recommendations.online')}
          >
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('recommendations.methodColumn')}</th>
                  <th scope="col" data-align="end">
                    {t('recommendations.people')}
                  </th>
                  <th scope="col" data-align="end">
                    {t('recommendations.shown')}
                  </th>
                  <th scope="col" data-align="end">
                    <Term meaning={t('recommendations.clickedMeaning')}>{t('recommendations.clicked')}</Term>
                  </th>
                  <th scope="col" data-align="end">
                    <Term meaning={t('recommendations.orderedMeaning')}>{t('recommendations.ordered')}</Term>
                  </th>
                  <th scope="col" data-align="end">
                    <Term meaning={t('recommendations.revenueMeaning')}>{t('recommendations.revenue')}</Term>
                  </th>
                </tr>
              </thead>
              <tbody>
                {online.arms.map(({ arm, people, shown, clicked, ordered, revenue }) => (
                  <tr key={arm}>
                    <th scope="row">{t(`recommendations.arm.${arm}`)}</th>
                    <td data-align="end">{format.number(people)}</td>
                    <td data-align="end">{format.number(shown)}</td>
                    <td data-align="end">
                      {format.number(clicked)} · {rate(clicked, shown)}
                    </td>
                    <td data-align="end">
                      {format.number(ordered)} · {people === 0 ? nothing : format.number(ordered / people, 3)}
                    </td>
                    <td data-align="end">{people === 0 ? nothing : format.money(revenue / people)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Table.ScrollContainer>
          {compared < enoughPeople ? (
            <Text size="sm" c="dimmed" mt="xs">
              {t('recommendations.tooFew')}
            </Text>
          ) : null}
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t('recommendations.noOnline')}
        </Text>
      )}
    </Card>
  );
}
