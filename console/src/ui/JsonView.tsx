import { Code, Group } from '@mantine/core';
import { useTranslation } from '../i18n/useTranslation.tsx';
import { CopyButton } from './CopyButton.tsx';
import styles from './JsonView.module.css';

/** A raw record, readable, ready to copy. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const { t } = useTranslation();
  const text = JSON.stringify(value, null, 2) ?? '';
  return (
    <div className={styles.box}>
      <Group className={styles.copy}>
        <CopyButton value={text} label={t('json.copy')} />
      </Group>
      <Code block className={styles.code} tabIndex={0} role="group" aria-label={label}>
        {text}
      </Code>
    </div>
  );
}
