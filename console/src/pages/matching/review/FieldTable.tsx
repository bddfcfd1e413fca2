import { VisuallyHidden } from '@mantine/core';
import { IconCircleDashed, IconEqual, IconEqualNot, IconTilde } from '@tabler/icons-react';
import type { ReviewDetail } from '@vitrail/contracts';
import { Fragment } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { nothing } from '../../../ui/format/FormatProvider.tsx';
import { markDifferences, type Piece } from '../markDifferences.ts';
import { useMatchWords, useValueOf } from '../matchWords.ts';
import { Side } from '../Side.tsx';
import { differenceOf } from './difference.ts';
import styles from './FieldTable.module.css';

type Field = ReviewDetail['fields'][number];

const signs = {
  same: IconEqual,
  similar: IconTilde,
  different: IconEqualNot,
  one_blank: IconCircleDashed,
  both_blank: IconCircleDashed,
} as const;

/** Both records field by field; what differs is marked by a sign, a word and on the letters themselves. */
export function FieldTable({ review }: { review: ReviewDetail }) {
  const { t } = useTranslation();
  return (
    <table className={styles.table} aria-label={t('review.bothRecords')}>
      <thead>
        <tr className={styles.people}>
          <td className={styles.corner} />
          <th scope="col" className={styles.person}>
            <Side side={review.left} size={40} />
          </th>
          <td className={styles.sign} />
          <th scope="col" className={styles.person}>
            <Side side={review.right} size={40} />
          </th>
        </tr>
      </thead>
      <tbody>
        {review.fields.map((field) => (
          <FieldRow key={field.field} field={field} difference={differenceOf(field, review.explanation)} />
        ))}
      </tbody>
    </table>
  );
}

function FieldRow({ field, difference }: { field: Field; difference: Field['difference'] }) {
  const { t } = useTranslation();
  const words = useMatchWords();
  const write = useValueOf();
  const [left, right] = [field.left, field.right].map((value) => (value === null ? null : write(field.field, value)));
  const Sign = signs[difference];
  const marked =
    difference === 'similar' && typeof left === 'string' && typeof right === 'string'
      ? markDifferences(left, right)
      : null;
  return (
    <tr className={styles.row} data-difference={difference}>
      <th scope="row" className={styles.label}>
        {words.field(field.field)}
      </th>
      <td className={styles.value}>{marked === null ? (left ?? nothing) : <Pieces pieces={marked[0]} />}</td>
      <td className={styles.sign}>
        <Sign size={16} aria-hidden="true" />
        <VisuallyHidden>{t(`review.difference.${difference}`)}</VisuallyHidden>
      </td>
      <td className={styles.value}>{marked === null ? (right ?? nothing) : <Pieces pieces={marked[1]} />}</td>
    </tr>
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <>
      {pieces.map(({ text, differs }, at) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity than their place
          <mark key={at} className={styles.mark}>
            {text}
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity than their place
          <Fragment key={at}>{text}</Fragment>
        ),
      )}
    </>
  );
}
