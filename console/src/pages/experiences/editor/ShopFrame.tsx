import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from '../../../i18n/useTranslation.tsx';
import styles from './Editor.module.css';
import { type Device, devices } from './shopPage.ts';
import type { ShopPage } from './useShopPage.ts';

interface ShopFrameProps {
  readonly shop: ShopPage;
  readonly device: Device;
}

/** The shop's page at the size of a device, as large as there is room; or what to do where it cannot stand here. */
export function ShopFrame({ shop, device }: ShopFrameProps) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const size = devices[device];
  const scale = Math.min(1, width / size.width);
  const openWindow = (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconExternalLink size={14} aria-hidden="true" />}
      onClick={() => shop.reopen(true)}
    >
      {t('pageEditor.inWindow')}
    </Button>
  );
  return (
    <Stack gap="sm">
      {shop.state === 'silent' ? (
        <Alert color="yellow" variant="light" title={t('pageEditor.silent')} role="alert">
          <Stack gap="xs">
            <Text size="sm">{t(shop.inWindow ? 'pageEditor.silentWindow' : 'pageEditor.silentWhy')}</Text>
            {shop.inWindow ? (
              <Code block className={styles.header}>
                Cross-Origin-Opener-Policy: unsafe-none
              </Code>
            ) : (
              <Code
                block
                className={styles.header}
              >{`Content-Security-Policy: frame-ancestors 'self' ${window.location.origin}`}</Code>
            )}
            <Text size="sm">{t('pageEditor.silentScript')}</Text>
            <Group gap="xs">
              <Button variant="default" size="compact-sm" onClick={() => shop.reopen(shop.inWindow)}>
                {t('action.retry')}
              </Button>
              {shop.inWindow ? null : openWindow}
            </Group>
          </Stack>
        </Alert>
      ) : null}
      {shop.outside === null ? null : (
        <Alert color="yellow" variant="light">
          {t('pageEditor.outside', { url: shop.outside })}
        </Alert>
      )}
      <div ref={ref}>
        {shop.inWindow ? (
          <div className={styles.elsewhere}>
            <Text size="sm">{t('pageEditor.elsewhere')}</Text>
            {openWindow}
          </div>
        ) : shop.src === null ? (
          <div className={styles.elsewhere}>
            <Text size="sm">{t('pageEditor.closed')}</Text>
          </div>
        ) : (
          // A page that is late may still come.
          <div
            className={styles.stage}
            hidden={shop.state === 'silent'}
            style={{ width: size.width * scale, height: size.height * scale }}
          >
            <iframe
              key={shop.opened}
              ref={shop.frame}
              title={t('pageEditor.frame')}
              src={shop.src}
              // The page may be itself, but not take the console along to another one.
              sandbox="allow-scripts allow-same-origin allow-forms"
              className={styles.frame}
              style={{ width: size.width, height: size.height, scale: String(scale) }}
            />
          </div>
        )}
      </div>
    </Stack>
  );
}
