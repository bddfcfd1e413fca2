import { Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RunReport } from '@vitrail/contracts';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Num, useFormat } from '../../../ui/format/FormatProvider.tsx';
import styles from './Runs.module.css';

/** Segments whose size changes when people who are one are counted once. */
export function SegmentChanges({ segments }: Pick<RunReport, 'segments'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('matchRun.segments')} note={t('matchRun.segmentsNote')}>
      {segments.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('matchRun.noSegments')}
        </Text>
      ) : (
        <Table.ScrollContainer
          minWidth={320}
          type="native"
          tabIndex={0}
          role="group"
          aria-label={t('matchRun.segments')}
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('matchRun.segment')}</th>
                <th scope="col" data-align="end">
                  {t('matchRun.before')}
                </th>
                <th scope="col" data-align="end">
                  {t('matchRun.afterwards')}
                </th>
                <th scope="col" data-align="end">
                  {t('matchRun.change')}
                </th>
              </tr>
            </thead>
            <tbody>
              {segments.map(({ id, name, before, after }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link to="/segments/$id" params={{ id }}>
                      {name}
                    </Link>
                  </th>
                  <td data-align="end">
                    <Num value={before} />
                  </td>
                  <td data-align="end">
                    <Num value={after} />
                  </td>
                  <td data-align="end">{after === before ? '0' : `−${format.number(before - after)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
