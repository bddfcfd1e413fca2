import { List, Text } from '@mantine/core';
import { roleSchema } from '@vitrail/contracts';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import styles from './Settings.module.css';

/** What each role may do, in words. */
export function RoleTable() {
  const { t } = useTranslation();
  return (
    <details className={styles.details}>
      <summary>{t('users.whichRole')}</summary>
      <List spacing="xs" mt="xs">
        {roleSchema.options.map((role) => (
          <List.Item key={role}>
            <Text component="span" fw={600}>
              {t(`role.${role}`)}
            </Text>{' '}
            <Text component="span" c="dimmed">
              {t(`roleHint.${role}`)}
            </Text>
          </List.Item>
        ))}
      </List>
    </details>
  );
}
