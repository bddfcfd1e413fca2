import { Anchor, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { changeLanguage, languages } from '../../i18n/i18n.ts';
import { useI18nStore, useTranslation } from '../../i18n/useTranslation.tsx';
import { cutMosaic } from '../../ui/mosaic/mosaic.ts';
import { families } from '../../ui/theme/palette.ts';
import styles from './AccessFrame.module.css';

const glass = {
  seed: 'vitrail-door',
  fragments: Array.from({ length: 42 }, (_, at) => families[at % families.length] ?? 'web'),
};
const panes = cutMosaic(glass, 42);
const names: Readonly<Record<string, string>> = { en: 'English', fr: 'Français' };

/** The door: a window of coloured glass, and the one form to pass. */
export function AccessFrame({ title, purpose, children }: { title: string; purpose: string; children: ReactNode }) {
  const { t, language } = useTranslation();
  const store = useI18nStore();
  useEffect(() => {
    document.title = `${title} · Vitrail`;
  }, [title]);
  return (
    <div className={styles.frame}>
      <div className={styles.window} aria-hidden="true">
        <svg viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" className={styles.glass} aria-hidden="true">
          {panes.map((pane) => (
            <polygon key={pane.points} points={pane.points} data-family={pane.family} data-tint={pane.tint} />
          ))}
        </svg>
        <p className={styles.motto}>{t('signIn.motto')}</p>
      </div>
      <main className={styles.side}>
        <div className={styles.form}>
          <Text fw={700} size="lg" mb="xl" component="p">
            Vitrail
          </Text>
          <Title order={1}>{title}</Title>
          <Text c="dimmed" mb="lg" component="p">
            {purpose}
          </Text>
          {children}
        </div>
        <Group gap="md" justify="center" component="nav" aria-label={t('shell.language')}>
          {languages.map((one) => (
            <Anchor
              key={one}
              component="button"
              type="button"
              size="sm"
              lang={one}
              c="dimmed"
              aria-current={language === one ? 'true' : undefined}
              fw={language === one ? 600 : 400}
              onClick={() => void changeLanguage(store, one)}
            >
              {names[one]}
            </Anchor>
          ))}
        </Group>
      </main>
    </div>
  );
}
