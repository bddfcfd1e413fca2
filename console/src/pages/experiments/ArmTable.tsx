import { Table } from '@mantine/core';
import type { MetricResult } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import { Term } from '../../ui/Term.tsx';
import styles from './Experiments.module.css';
import { useChange } from './useChange.ts';

/** The name of a variation or metric, by its key. */
export type NameOf = (key: string) => string;

interface ArmTableProps {
  readonly result: MetricResult;
  readonly nameOf: NameOf;
  readonly label: string;
  readonly value: (value: number) => string;
}

export function ArmTable({ result, nameOf, label, value }: ArmTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useChange();
  return (
    <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="group" aria-label={label}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('experiments.variation')}</Table.Th>
            <Table.Th className={styles.number}>{t('experiments.people')}</Table.Th>
            <Table.Th className={styles.number}>{t('experiments.value')}</Table.Th>
            <Table.Th className={styles.number}>
              <Term meaning={t('experiments.changeMeans')}>{t('experiments.change')}</Term>
            </Table.Th>
            <Table.Th className={styles.number}>
              <Term meaning={t('experiments.pMeans')}>{t('experiments.p')}</Term>
            </Table.Th>
            <Table.Th className={styles.number}>
              <Term meaning={t('experiments.chanceMeans')}>{t('experiments.chance')}</Term>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {result.arms.map((arm) => (
            <Table.Tr key={arm.variation}>
              <Table.Th scope="row">{nameOf(arm.variation)}</Table.Th>
              <Table.Td className={styles.number}>
                <Num value={arm.people} />
              </Table.Td>
              <Table.Td className={styles.number}>{arm.value === null ? nothing : value(arm.value)}</Table.Td>
              <Table.Td className={styles.number}>
                {arm.change === null
                  ? nothing
                  : t('experiments.changeText', {
                      value: say(arm.change.value, arm.change.relative),
                      low: say(arm.change.low, arm.change.relative),
                      high: say(arm.change.high, arm.change.relative),
                    })}
              </Table.Td>
              <Table.Td className={styles.number}>
                {arm.corrected === null
                  ? nothing
                  : arm.corrected < 0.001
                    ? `< ${format.number(0.001, 3)}`
                    : format.number(arm.corrected, 3)}
              </Table.Td>
              <Table.Td className={styles.number}>
                {arm.chanceToWin === null ? nothing : format.percent(arm.chanceToWin)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
