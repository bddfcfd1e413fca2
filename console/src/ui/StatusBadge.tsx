import { IconAlertTriangle, IconCheck, IconCircleDashed, IconLoader2, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './Badges.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'busy';

const icons = { good: IconCheck, warn: IconAlertTriangle, bad: IconX, quiet: IconCircleDashed, busy: IconLoader2 };

/** A state in words, with a colour and a sign that say the same. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  const Icon = icons[tone];
  return (
    <span className={styles.status} data-tone={tone}>
      <Icon size={13} stroke={2.2} aria-hidden="true" />
      {children}
    </span>
  );
}
