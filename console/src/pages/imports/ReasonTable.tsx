import { Title } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Num } from '../../ui/format/FormatProvider.tsx';
import { reasonText } from '../../ui/reasons.ts';
import styles from './Imports.module.css';

/** Reasons with how often, most first. */
export function ReasonTable({ title, reasons }: { title: string; reasons: Readonly<Record<string, number>> }) {
  const { language } = useTranslation();
  const rows = Object.entries(reasons).sort((one, other) => other[1] - one[1]);
  if (rows.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={4}>
        {title}
      </Title>
      <dl className={styles.reasons}>
        {rows.map(([reason, count]) => (
          <div key={reason}>
            <dt>{reasonText(reason, language)}</dt>
            <dd>
              <Num value={count} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
