import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useApi } from '../../api/context.tsx';
import { signOut } from '../../api/session.ts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { useSession } from '../session.tsx';
import styles from './Rail.module.css';

// Loaded when first opened.
const Preferences = lazy(() => import('./Preferences.tsx'));

/** Who is signed in; their language and appearance. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation();
  const { user, role } = useSession();
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut(api);
    queryClient.clear();
    await navigate({ to: '/sign-in' });
  };
  return (
    <Menu position="top-start" width={250} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton
          className={styles.menu}
          aria-label={collapsed ? t('shell.account', { name: user.name }) : undefined}
        >
          <span className={styles.initial} aria-hidden="true">
            {(user.name || user.email).slice(0, 1).toUpperCase()}
          </span>
          {collapsed ? null : (
            <span className={styles.person}>
              <span>{user.name}</span>
              <span className={styles.role}>{t(`role.${role}`)}</span>
            </span>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="xs" c="dimmed" px="sm" py={4} truncate>
          {user.email}
        </Text>
        <Menu.Item
          component={Link}
          to="/settings/profile"
          leftSection={<IconUserCog size={16} aria-hidden="true" />}
          closeMenuOnClick
        >
          {t('shell.profile')}
        </Menu.Item>
        <Menu.Divider />
        <Suspense>
          <Preferences />
        </Suspense>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden="true" />}
          onClick={() => void leave()}
          closeMenuOnClick
        >
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
