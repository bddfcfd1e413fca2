import { Drawer } from '@mantine/core';
import { useTranslation } from '../../i18n/useTranslation.tsx';
import { Rail } from './Rail.tsx';
import styles from './Shell.module.css';

/** The rail on narrow screens: slides in from the left. */
export default function RailDrawer(props: { opened: boolean; onClose: () => void; onSearch: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={props.opened} onClose={props.onClose} size={280} padding={0}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('shell.navigation')}>
        <Drawer.Body className={styles.drawer}>
          <Rail collapsed={false} onSearch={props.onSearch} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
