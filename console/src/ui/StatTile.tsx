import { Skeleton, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './StatTile.module.css';

interface StatTileProps {
  readonly label: string;
  /** How the number is made. */
  readonly definition: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly loading?: boolean;
}

/** One number that says what it is. */
export function StatTile({ label, definition, value, note, loading = false }: StatTileProps) {
  return (
    <div className={styles.tile}>
      <dt className={styles.label}>
        {label}
        <Tooltip label={definition} events={{ hover: true, focus: true, touch: true }}>
          <UnstyledButton className={styles.info} aria-label={definition}>
            <IconInfoCircle size={14} aria-hidden="true" />
          </UnstyledButton>
        </Tooltip>
      </dt>
      <dd className={styles.value}>{loading ? <Skeleton height={28} width={90} /> : value}</dd>
      {note === undefined || loading ? null : (
        <dd className={styles.note}>
          <Text size="xs" c="dimmed" component="div">
            {note}
          </Text>
        </dd>
      )}
    </div>
  );
}

/** Numbers side by side; as many in a row as fit. */
export function StatRow({ children }: { children: ReactNode }) {
  return <dl className={styles.row}>{children}</dl>;
}
