import { type MantineColorScheme, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/context.tsx';
import { meQuery } from '../../api/session.ts';
import { rememberLanguage } from '../../api/views.ts';
import { changeLanguage, type Language } from '../../i18n/i18n.ts';
import { useI18nStore, useTranslation } from '../../i18n/useTranslation.tsx';
import { useSession } from '../session.tsx';

const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

/** Language of this person, kept with the account; appearance, in this browser. */
export default function Preferences() {
  const { t, language } = useTranslation();
  const store = useI18nStore();
  const api = useApi();
  const queryClient = useQueryClient();
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = async (wanted: Language) => {
    await changeLanguage(store, wanted, user.id);
    const { queryKey } = meQuery(api);
    queryClient.setQueryData(queryKey, (me) => me && { ...me, language: wanted });
    await rememberLanguage(api, wanted);
  };
  return (
    <>
      <Menu.Label id="menu-language">{t('shell.language')}</Menu.Label>
      <SegmentedControl
        fullWidth
        size="xs"
        mx="xs"
        aria-labelledby="menu-language"
        value={language}
        onChange={(value) => void choose(value === 'fr' ? 'fr' : 'en')}
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
