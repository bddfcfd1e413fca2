import { createTranslate, type Translate } from './messages.ts';

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

/** The language at hand and its words; watched by every component that says something. */
export interface I18n {
  readonly language: Language;
  readonly t: Translate;
}
export interface I18nStore {
  readonly current: () => I18n;
  readonly watch: (listener: () => void) => () => void;
  readonly change: (language: Language) => Promise<void>;
}

async function load(language: Language): Promise<I18n> {
  const { catalogue } = await catalogues[language]();
  document.documentElement.lang = language;
  return { language, t: createTranslate(catalogue, localeOf(language, navigator.languages)) };
}

export async function createI18n(): Promise<I18nStore> {
  let current = await load(firstLanguage(read(storageKey), navigator.languages));
  const listeners = new Set<() => void>();
  return {
    current: () => current,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: async (language) => {
      current = await load(language);
      for (const listener of listeners) listener();
    },
  };
}

/** Switches at once and remembers the choice, for this person when one is signed in. */
export async function changeLanguage(store: I18nStore, language: Language, user?: string): Promise<void> {
  await store.change(language);
  try {
    localStorage.setItem(storageKey, language);
    if (user !== undefined) localStorage.setItem(keyOf(user), language);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
}

/** Goes back to the language this person chose here, after somebody else's session. */
export async function restoreLanguage(store: I18nStore, user: string): Promise<void> {
  const chosen = read(keyOf(user));
  if (isLanguage(chosen) && chosen !== store.current().language) await changeLanguage(store, chosen, user);
}
