import { ActionIcon, Group, Text } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useSession } from '../session.tsx';
import { Logo } from './Logo.tsx';
import styles from './Shell.module.css';

/** Replaces the rail on narrow screens. */
export function TopBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  return (
    <header className={styles.top}>
      <ActionIcon onClick={onMenu} size="lg" aria-label={t('shell.menu')} aria-haspopup="dialog">
        <IconMenu2 size={20} aria-hidden="true" />
      </ActionIcon>
      <Group gap="xs" flex={1} miw={0} wrap="nowrap">
        <Logo size={20} />
        <Text fw={600} truncate>
          {workspace.name}
        </Text>
      </Group>
      <ActionIcon onClick={onSearch} size="lg" aria-label={t('shell.searchLabel')}>
        <IconSearch size={20} aria-hidden="true" />
      </ActionIcon>
    </header>
  );
}
