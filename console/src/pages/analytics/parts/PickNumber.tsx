import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from '../Analytics.module.css';

/** A number that opens the people behind it. */
export function PickNumber({ children, of, onPick }: { children: ReactNode; of: string; onPick: () => void }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton className={styles.pick} title={t('analytics.openPeople', { of })} onClick={onPick}>
      {children}
    </UnstyledButton>
  );
}
