import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

interface EmptyStateProps {
  readonly title: string;
  /** Teaches what comes here and how. */
  readonly children?: ReactNode;
  /** The one next step. */
  readonly action?: ReactNode;
}

/** A window without glass: nothing here yet, and what to do about it. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" className={styles.empty}>
      <svg width="56" height="64" viewBox="0 0 56 64" aria-hidden="true" className={styles.drawing}>
        <path d="M28 2C13 2 4 14 4 28v30a4 4 0 0 0 4 4h40a4 4 0 0 0 4-4V28C52 14 43 2 28 2Z" />
        <path d="M4 30l20-6M24 24 28 2M24 24l28-4M24 24l8 20M32 44l20-4M32 44 20 62M32 44 4 50" />
      </svg>
      <Title order={2} ta="center">
        {title}
      </Title>
      {children === undefined ? null : (
        <Text c="dimmed" ta="center" maw="52ch" component="div">
          {children}
        </Text>
      )}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </Stack>
  );
}
