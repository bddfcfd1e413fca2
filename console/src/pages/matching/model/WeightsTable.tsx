import { Button, Table, VisuallyHidden } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import type { MatchModel } from '@vitrail/contracts';
import { Fragment, useMemo } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import { Card } from '../../../ui/Card.tsx';
import { saveFile, toCsv } from '../../../ui/csv.ts';
import { useFormat } from '../../../ui/format/FormatProvider.tsx';
import { bitsText, useMatchWords } from '../matchWords.ts';
import styles from './Model.module.css';
import { bitsOf } from './weights.ts';

/** Shares from common to one in a million, with as many digits as they need. */
const shareText = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 }).format(share);

/** What each level of each comparison says: as bars, and as the three shares they come from. */
export function WeightsTable({ model }: { model: MatchModel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useMatchWords();
  const { locale } = format.settings;
  const groups = useMemo(
    () =>
      model.comparisons.map((comparison) => ({
        ...comparison,
        rows: comparison.levels
          .filter(({ name, m, u }) => name !== 'missing' && (m > 0 || u > 0))
          .map((level) => ({ ...level, bits: bitsOf(level) })),
      })),
    [model],
  );
  const ends = groups.flatMap(({ rows }) => rows.flatMap(({ bits }) => [bits.stranger, bits.household]));
  const [min, max] = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const saveCsv = () => {
    const rows = groups.flatMap(({ name, rows }) =>
      rows.map((row) => [name, row.name, row.m, row.u, row.h, row.bits.stranger, row.bits.household]),
    );
    const head = [
      t('matchModel.comparison'),
      t('matchModel.level'),
      'm',
      'u',
      'h',
      t('review.stranger'),
      t('review.housemate'),
    ];
    saveFile('match-weights.csv', toCsv(head, rows, locale));
  };
  return (
    <Card
      title={t('matchModel.weights')}
      note={t('matchModel.weightsNote')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconFileSpreadsheet size={14} aria-hidden="true" />}
          onClick={saveCsv}
        >
          {t('chart.csv')}
        </Button>
      }
    >
      <Table.ScrollContainer
        minWidth={720}
        type="native"
        tabIndex={0}
        role="group"
        aria-label={t('matchModel.weights')}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('matchModel.level')}</th>
              <th scope="col" className={styles.weights}>
                <VisuallyHidden>{t('matchModel.weights')}</VisuallyHidden>
              </th>
              <th scope="col" data-align="end">
                {t('review.stranger')}
              </th>
              <th scope="col" data-align="end">
                {t('review.housemate')}
              </th>
              <th scope="col" data-align="end" title={t('matchModel.mDefinition')}>
                {t('matchModel.m')}
              </th>
              <th scope="col" data-align="end" title={t('matchModel.uDefinition')}>
                {t('matchModel.u')}
              </th>
              <th scope="col" data-align="end" title={t('matchModel.hDefinition')}>
                {t('matchModel.h')}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ name, field, rows }) => (
              <Fragment key={name}>
                <tr>
                  <th scope="rowgroup" colSpan={7}>
                    {words.comparison(name, field)}
                  </th>
                </tr>
                {rows.map((row) => (
                  <tr key={row.name}>
                    <th scope="row">{words.level(row.name)}</th>
                    <td className={styles.weights}>
                      <Weights bits={row.bits} min={min} max={max} />
                    </td>
                    <td data-align="end">{bitsText(row.bits.stranger, format)}</td>
                    <td data-align="end">{bitsText(row.bits.household, format)}</td>
                    <td data-align="end">{shareText(row.m, locale)}</td>
                    <td data-align="end">{shareText(row.u, locale)}</td>
                    <td data-align="end">{shareText(row.h, locale)}</td>
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </Table.ScrollContainer>
    </Card>
  );
}

interface WeightsProps {
  readonly bits: { readonly stranger: number; readonly household: number };
  readonly min: number;
  readonly max: number;
}

/** Two bars from zero, over the scale of the whole table. */
function Weights({ bits, min, max }: WeightsProps) {
  const place = (value: number): number => ((value - min) / (max - min)) * 100;
  return (
    <span className={styles.track} aria-hidden="true">
      <span className={styles.zero} style={{ insetInlineStart: `${place(0)}%` }} />
      {(['stranger', 'household'] as const).map((against) => (
        <span
          key={against}
          className={styles.bar}
          data-against={against}
          data-falls={bits[against] < 0}
          style={{
            insetInlineStart: `${place(Math.min(0, bits[against]))}%`,
            width: `max(1px, ${place(Math.abs(bits[against])) - place(0)}%)`,
          }}
        />
      ))}
    </span>
  );
}
