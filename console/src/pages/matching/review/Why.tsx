import { Text } from '@mantine/core';
import type { MatchExplanation } from '@vitrail/contracts';
import { useMemo } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { bitsText, oddsOf, probabilityText, useMatchWords, useValueOf } from '../matchWords.ts';
import { layWaterfall, type Span, type Waterfall, type WaterfallRow } from '../waterfall.ts';
import styles from './Why.module.css';

/** Why the two may be one: every step of the sum behind the probability, as a picture that is a table. */
export function Why({ explanation }: { explanation: MatchExplanation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMatchWords();
  const waterfall = useMemo(() => layWaterfall(explanation), [explanation]);
  const odds = (bits: number): string => {
    const [one, other] = oddsOf(bits).map((value) => format.number(value, 1));
    return t('review.odds', { one, other });
  };
  return (
    <Card title={t('review.why')} note={t('review.whyNote')}>
      <table className={styles.steps}>
        <thead>
          <tr className={styles.heads}>
            <th scope="col" className={styles.head}>
              {t('review.step')}
            </th>
            <td aria-hidden="true" className={styles.corner} />
            <th scope="col" className={`${styles.head} ${styles.numbers}`}>
              <span className={styles.key} data-against="stranger" aria-hidden="true" />
              {t('review.stranger')}
            </th>
            <th scope="col" className={`${styles.head} ${styles.numbers}`}>
              <span className={styles.key} data-against="household" aria-hidden="true" />
              {t('review.housemate')}
            </th>
          </tr>
        </thead>
        <tbody>
          {waterfall.rows.map((row) => (
            <StepRow key={`${row.step.kind} ${row.step.name}`} row={row} waterfall={waterfall} />
          ))}
        </tbody>
        <tfoot>
          <tr className={styles.step} data-kind="sum">
            <th scope="row" className={styles.name}>
              {t('review.sum')}
            </th>
            <td className={styles.bars}>
              <Bars
                stranger={{ from: 0, to: explanation.weight }}
                household={{ from: 0, to: explanation.householdWeight }}
                waterfall={waterfall}
              />
            </td>
            <td className={styles.bits} title={odds(explanation.weight)}>
              {bitsText(explanation.weight, format)}
            </td>
            <td className={styles.bits} title={odds(explanation.householdWeight)}>
              {bitsText(explanation.householdWeight, format)}
            </td>
          </tr>
        </tfoot>
      </table>
      <Text size="sm" mt="xs">
        {t('review.sumNote', {
          stranger: odds(explanation.weight),
          household: odds(explanation.householdWeight),
          probability: probabilityText(explanation.probability, format),
        })}
      </Text>
      {waterfall.silent.length === 0 ? null : (
        <Text size="sm" c="dimmed" mt={4}>
          {t('review.silent', { fields: format.list(waterfall.silent.map(words.field)) })}
        </Text>
      )}
    </Card>
  );
}

function StepRow({ row, waterfall }: { row: WaterfallRow; waterfall: Waterfall }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMatchWords();
  const write = useValueOf();
  const { step } = row;
  const [title, note] =
    step.kind === 'prior'
      ? [t('review.prior'), t('review.priorNote')]
      : step.kind === 'term_frequency'
        ? [
            t('review.frequency', { value: step.left === '' ? words.field(step.field) : write(step.field, step.left) }),
            t(step.stranger >= 0 ? 'review.rare' : 'review.common'),
          ]
        : [words.comparison(step.name, step.field), words.level(step.level)];
  return (
    <tr className={styles.step} data-kind={step.kind}>
      <th scope="row" className={styles.name}>
        {title} <span className={styles.note}>{note}</span>
        {step.kind !== 'comparison' || (step.left === '' && step.right === '') ? null : (
          <span className={styles.values}>
            {step.left === step.right
              ? write(step.field, step.left)
              : t('review.values', { left: write(step.field, step.left), right: write(step.field, step.right) })}
          </span>
        )}
      </th>
      <td className={styles.bars}>
        <Bars stranger={row.stranger} household={row.household} waterfall={waterfall} />
      </td>
      <td className={styles.bits}>{bitsText(step.stranger, format)}</td>
      <td className={styles.bits}>{bitsText(step.household, format)}</td>
    </tr>
  );
}

/** Two bars over one scale with zero in it; the numbers beside them say the same. */
function Bars({ stranger, household, waterfall }: { stranger: Span; household: Span; waterfall: Waterfall }) {
  const { min, max } = waterfall;
  const range = Math.max(1, max - min);
  const place = (bits: number): number => ((bits - min) / range) * 100;
  const bar = (span: Span, against: 'stranger' | 'household') => {
    const [from, to] = [Math.min(span.from, span.to), Math.max(span.from, span.to)];
    return (
      <span
        className={styles.bar}
        data-against={against}
        data-falls={span.to < span.from}
        style={{ insetInlineStart: `${place(from)}%`, width: `max(2px, ${place(to) - place(from)}%)` }}
      />
    );
  };
  return (
    <span className={styles.track} aria-hidden="true">
      <span className={styles.zero} style={{ insetInlineStart: `${place(0)}%` }} />
      {bar(stranger, 'stranger')}
      {bar(household, 'household')}
    </span>
  );
}
