import {
  type MantineColorScheme,
  Menu,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/context.tsx';
import { signOut } from '../../api/session.ts';
import { changeLanguage } from '../../i18n/i18n.ts';
import { useSession } from '../session.tsx';
import styles from './Rail.module.css';

const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

/** Who is signed in; their language and appearance. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { t, i18n } = useTranslation();
  const { user, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
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
        <Menu.Label id="menu-language">{t('shell.language')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mx="xs"
          aria-labelledby="menu-language"
          value={i18n.language}
          onChange={(value) => void changeLanguage(i18n, value === 'fr' ? 'fr' : 'en', user.id)}
          data={[
            { value: 'en', label: 'English' },
            { value: 'fr', label: 'Français' },
          ]}
        />
        <Menu.Label id="menu-theme">{t('shell.theme')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mx="xs"
          mb="xs"
          aria-labelledby="menu-theme"
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((scheme) => scheme === value) ?? 'auto')}
          data={[
            { value: 'light', label: t('shell.light') },
            { value: 'dark', label: t('shell.dark') },
            { value: 'auto', label: t('shell.auto') },
          ]}
        />
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
