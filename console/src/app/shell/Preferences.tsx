import { type MantineColorScheme, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { changeLanguage } from '../../i18n/i18n.ts';
import { useI18nStore, useTranslation } from '../../i18n/useTranslation.tsx';
import { useSession } from '../session.tsx';

const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

/** Language and appearance of this person, in this browser. */
export default function Preferences() {
  const { t, language } = useTranslation();
  const store = useI18nStore();
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label id="menu-language">{t('shell.language')}</Menu.Label>
      <SegmentedControl
        fullWidth
        size="xs"
        mx="xs"
        aria-labelledby="menu-language"
        value={language}
        onChange={(value) => void changeLanguage(store, value === 'fr' ? 'fr' : 'en', user.id)}
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
    </>
  );
}
