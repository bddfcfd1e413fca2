import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/useTranslation.tsx';

interface BulkBarProps {
  /** How many, in words. */
  readonly says: string;
  readonly onClear: () => void;
  /** What can be done with them. */
  readonly children: ReactNode;
}

/** Under a list of which rows are chosen: how many, and what can be done with all of them. */
export function BulkBar({ says, onClear, children }: BulkBarProps) {
  const { t } = useTranslation();
  return (
    <Group component="section" gap="xs" aria-label={t('table.chosenTitle')}>
      <Text size="sm" fw={600} aria-live="polite">
        {says}
      </Text>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={onClear}>
        {t('table.chooseNone')}
      </Button>
      <Group gap="xs" ms="auto">
        {children}
      </Group>
    </Group>
  );
}
