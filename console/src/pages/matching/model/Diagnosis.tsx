import { Table, Text } from '@mantine/core';
import type { MatchDiagnosis } from '@vitrail/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Num, useFormat } from '../../../ui/format/FormatProvider.tsx';
import { useMatchWords } from '../matchWords.ts';
import styles from './Model.module.css';

interface DiagnosisProps {
  readonly diagnosis: MatchDiagnosis;
  readonly note: ReactNode;
}

/** What the records are good for: how complete they are, which meet, and which can never be linked. */
export function Diagnosis({ diagnosis, note }: DiagnosisProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.two}>
        <Completeness diagnosis={diagnosis} note={note} />
        <Unlinkable diagnosis={diagnosis} />
      </div>
      <Card title={t('matchModel.blocking')} note={t('matchModel.blockingNote')}>
        <Blocking blocking={diagnosis.blocking} />
      </Card>
    </>
  );
}

function Completeness({ diagnosis, note }: DiagnosisProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMatchWords();
  return (
    <Card title={t('matchModel.completeness')} note={note}>
      <Table.ScrollContainer
        minWidth={420}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={t('matchModel.completeness')}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('matchModel.field')}</th>
              <th scope="col" colSpan={2}>
                {t('matchModel.filled')}
              </th>
              <th scope="col" data-align="end">
                {t('matchModel.distinct')}
              </th>
              <th scope="col" data-align="end">
                {t('matchModel.mostFrequent')}
              </th>
            </tr>
          </thead>
          <tbody>
            {diagnosis.completeness.map(({ field, filled, distinct, mostFrequent }) => (
              <tr key={field}>
                <th scope="row">{words.field(field)}</th>
                <td>
                  <span className={styles.meter} aria-hidden="true">
                    <span style={{ width: `${filled * 100}%` }} />
                  </span>
                </td>
                <td data-align="end">{format.percent(filled)}</td>
                <td data-align="end">
                  <Num value={distinct} />
                </td>
                <td data-align="end">{format.percent(mostFrequent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Table.ScrollContainer>
    </Card>
  );
}

function Unlinkable({ diagnosis }: Pick<DiagnosisProps, 'diagnosis'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { unlinkable, records } = diagnosis;
  return (
    <Card
      title={t('matchModel.unlinkable', { count: unlinkable.records })}
      note={
        records === 0
          ? undefined
          : t('matchModel.unlinkableShare', {
              share: format.percent(unlinkable.records / records),
              records: format.number(records),
            })
      }
    >
      {unlinkable.reasons.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('matchModel.allLinkable')}
        </Text>
      ) : (
        <ul className={styles.list}>
          {unlinkable.reasons.map(({ reason, records: count }) => (
            <li key={reason}>
              <span>{t(`matchModel.reason.${reason}`)}</span>
              <Num value={count} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Blocking({ blocking }: Pick<MatchDiagnosis, 'blocking'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMatchWords();
  const used = blocking.filter(({ records }) => records > 0);
  const unused = blocking.filter(({ records }) => records === 0);
  return (
    <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="group" aria-label={t('matchModel.blocking')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('matchModel.rule')}</th>
            <th scope="col" data-align="end">
              {t('matchRun.records')}
            </th>
            <th scope="col" data-align="end">
              {t('matchRun.pairs')}
            </th>
            <th scope="col" data-align="end" title={t('matchModel.ownPairsDefinition')}>
              {t('matchModel.ownPairs')}
            </th>
            <th scope="col" data-align="end" title={t('matchModel.cappedDefinition')}>
              {t('matchModel.capped')}
            </th>
          </tr>
        </thead>
        <tbody>
          {used.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">{words.rule(rule.rule)}</th>
              <td data-align="end">
                <Num value={rule.records} />
              </td>
              <td data-align="end">
                <Num value={rule.pairs} />
              </td>
              <td data-align="end">
                <Num value={rule.ownPairs} />
              </td>
              <td data-align="end">
                {rule.cappedKeys === 0
                  ? '0'
                  : t('matchModel.cappedKeys', {
                      count: rule.cappedKeys,
                      records: format.number(rule.cappedRecords),
                      largest: format.number(rule.largestCapped),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unused.length === 0 ? null : (
        <Text size="sm" c="dimmed" mt="xs">
          {t('matchModel.unusedRules', { rules: format.list(unused.map(({ rule }) => words.rule(rule))) })}
        </Text>
      )}
    </Table.ScrollContainer>
  );
}
