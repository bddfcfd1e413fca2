import { Text } from '@mantine/core';
import type { ProductChange } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Relative, useFormat } from '../../ui/format/FormatProvider.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import styles from './Products.module.css';

const tones: Readonly<Record<ProductChange['kind'], Tone>> = {
  added: 'quiet',
  back_in_stock: 'good',
  out_of_stock: 'bad',
  price_drop: 'good',
  price_rise: 'warn',
  removed: 'quiet',
};

/** What happened to a product, newest first. */
export function ChangeList({ changes }: { changes: readonly ProductChange[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (changes.length === 0) return <Text c="dimmed">{t('products.noChange')}</Text>;
  const amount = (text: string | null, currency: string | null) =>
    text === null ? '' : (format.money(text, currency) ?? text);
  return (
    <ul className={styles.changes}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.site} ${change.currency} ${change.at}`}>
          <span>
            <StatusBadge tone={tones[change.kind]}>{t(`change.${change.kind}`)}</StatusBadge>{' '}
            {change.kind === 'price_drop' || change.kind === 'price_rise' ? (
              <span className="vt-figures">
                {amount(change.before, change.currency)} → <b>{amount(change.after, change.currency)}</b>
              </span>
            ) : null}
          </span>
          <span className={styles.quiet}>
            {change.site === '' ? null : `${change.site} · `}
            <Relative at={change.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
