import { Alert, Stack, Table, Text } from '@mantine/core';
import type { HoldoutReport } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Num, nothing, useFormat } from '../../ui/format/FormatProvider.tsx';
import styles from './Experiments.module.css';
import { useChange } from './useChange.ts';

type Difference = HoldoutReport['buyers'];

/** Those held out against the others: two sentences, and the figures behind them. */
export function HoldoutFigures({ report }: { report: HoldoutReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useChange();
  const { held, others, currency, sampleRatio } = report;
  const sentence = (what: 'buyers' | 'revenue', difference: Difference): string => {
    if (difference === null) return t(`experiments.held.${what}.unknown`);
    const { value, low, high, relative } = difference;
    const verdict = low > 0 ? 'more' : high < 0 ? 'less' : 'open';
    return t(`experiments.held.${what}.${verdict}`, {
      value: say(value, relative),
      low: say(low, relative),
      high: say(high, relative),
    });
  };
  const each = (amount: number, people: number) =>
    people === 0 ? nothing : (format.money(amount / people, currency) ?? nothing);
  return (
    <Stack gap="md">
      <div role="status">
        <Text className={styles.verdict}>{sentence('buyers', report.buyers)}</Text>
        <Text size="sm">{sentence('revenue', report.revenue)}</Text>
      </div>
      {sampleRatio.alarm ? (
        <Alert color="red" variant="light" title={t('experiments.ratioAlarm')}>
          {t('experiments.held.ratioText')}
        </Alert>
      ) : null}
      <Table.ScrollContainer
        minWidth={480}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={t('experiments.held.figures')}
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th className={styles.number}>{t('experiments.people')}</Table.Th>
              <Table.Th className={styles.number}>{t('experiments.held.bought')}</Table.Th>
              <Table.Th className={styles.number}>{t('experiments.held.share')}</Table.Th>
              <Table.Th className={styles.number}>{t('experiments.held.perPerson')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[['out', held] as const, ['others', others] as const].map(([side, sums]) => (
              <Table.Tr key={side}>
                <Table.Th scope="row">{t(`experiments.held.${side}`)}</Table.Th>
                <Table.Td className={styles.number}>
                  <Num value={sums.people} />
                </Table.Td>
                <Table.Td className={styles.number}>
                  <Num value={sums.buyers} />
                </Table.Td>
                <Table.Td className={styles.number}>
                  {sums.people === 0 ? nothing : format.percent(sums.buyers / sums.people)}
                </Table.Td>
                <Table.Td className={styles.number}>{each(sums.revenue, sums.people)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
