import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useSession } from '../session.tsx';
import { chosenWorkspace } from '../workspaceChoice.ts';
import { Logo } from './Logo.tsx';
import styles from './Rail.module.css';

/** The workspace at hand; a menu when there are several. */
export function WorkspaceMenu({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation();
  const { workspace, workspaces } = useSession();
  const queryClient = useQueryClient();
  const router = useRouter();
  const go = (id: number) => {
    chosenWorkspace.set(id);
    queryClient.clear();
    void router.navigate({ to: '/' }).then(() => router.invalidate());
  };
  const label = (
    <>
      <Logo />
      {collapsed ? null : <span className={styles.name}>{workspace.name}</span>}
    </>
  );
  if (workspaces.length === 1) return <div className={styles.menu}>{label}</div>;
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={styles.menu} aria-label={`${t('shell.workspace')}: ${workspace.name}`}>
          {label}
          {collapsed ? null : <IconSelector size={16} aria-hidden="true" />}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.workspace')}</Menu.Label>
        {workspaces.map((one) => (
          <Menu.Item
            key={one.id}
            onClick={() => go(one.id)}
            aria-current={one.id === workspace.id ? 'true' : undefined}
            rightSection={one.id === workspace.id ? <IconCheck size={14} aria-hidden="true" /> : null}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
