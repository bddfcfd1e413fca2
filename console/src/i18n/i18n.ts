import i18next, { type i18n } from 'i18next';
import ICU from 'i18next-icu';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'vitrail.language';

const catalogues = {
  en: () => import('./en/index.ts'),
  fr: () => import('./fr/index.ts'),
} as const;

const isLanguage = (text: string | null | undefined): text is Language => languages.some((one) => one === text);

/** The language to begin with: what was chosen here before, else the first of the browser's that we speak. */
export function firstLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of wanted) {
    const short = tag.slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return 'en';
}

/** English and French as spoken where the reader is (en-GB, fr-CA …); Europe's habits when the browser says no more. */
export function localeOf(language: Language, wanted: readonly string[]): string {
  const fallback = language === 'fr' ? 'fr-FR' : 'en-GB';
  return wanted.find((tag) => tag.length > 2 && tag.toLowerCase().startsWith(`${language}-`)) ?? fallback;
}

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage is switched off: nothing was chosen before.
    return null;
  }
};
const keyOf = (user: string): string => `${storageKey}.${user}`;

export async function createI18n(): Promise<i18n> {
  const language = firstLanguage(read(storageKey), navigator.languages);
  const { catalogue } = await catalogues[language]();
  const instance = i18next.createInstance();
  await instance
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: language,
      resources: { [language]: { translation: catalogue } },
      fallbackLng: false,
      returnNull: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  document.documentElement.lang = language;
  return instance;
}

/** Loads the other catalogue, switches at once and remembers the choice, for this person when one is signed in. */
export async function changeLanguage(instance: i18n, language: Language, user?: string): Promise<void> {
  const { catalogue } = await catalogues[language]();
  instance.addResourceBundle(language, 'translation', catalogue, true, true);
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(storageKey, language);
    if (user !== undefined) localStorage.setItem(keyOf(user), language);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
}

/** Goes back to the language this person chose here, after somebody else's session. */
export async function restoreLanguage(instance: i18n, user: string): Promise<void> {
  const chosen = read(keyOf(user));
  if (isLanguage(chosen) && chosen !== instance.language) await changeLanguage(instance, chosen, user);
}
