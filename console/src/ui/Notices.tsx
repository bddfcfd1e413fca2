import { Button, CloseButton, Text } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from '../i18n/useTranslation.tsx';
import styles from './Notices.module.css';
import { notifications } from './notify.ts';

/** Draws the notices at the lower right and reads them out. */
export function Notices() {
  const { t } = useTranslation();
  const notices = useSyncExternalStore(notifications.watch, notifications.current);
  return (
    <section className={styles.stack} aria-live="polite" aria-label={t('shell.notices')}>
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice}>
          <div>
            {notice.title === undefined ? null : <Text fw={600}>{notice.title}</Text>}
            <Text size="sm">{notice.message}</Text>
            {notice.action === undefined ? null : (
              <Button
                mt={6}
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.close(notice.id);
                  notice.action?.run();
                }}
              >
                {notice.action.label}
              </Button>
            )}
          </div>
          <CloseButton size="sm" aria-label={t('action.close')} onClick={() => notifications.close(notice.id)} />
        </div>
      ))}
    </section>
  );
}
