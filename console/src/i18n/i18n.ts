import { createTranslate, type Translate } from './messages.ts';
import { firstRooms, roomsOf } from './rooms.ts';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'vitrail.language';

/** Every file of words, each loaded when a page needs it. */
const files = import.meta.glob<object>(['./en/*.json', './fr/*.json'], { import: 'default' });
const allRooms = Object.keys(files)
  .filter((path) => path.startsWith('./en/'))
  .map((path) => path.slice('./en/'.length, -'.json'.length));

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
  /** Loads the words that a page of this address says and that are not here yet. */
  readonly prepare: (path: string) => Promise<void>;
  /** Loads these files of words, once; the same promise for whoever asks again. */
  readonly load: (rooms: readonly string[]) => Promise<void>;
  readonly watch: (listener: () => void) => () => void;
  readonly change: (language: Language) => Promise<void>;
}

async function loadWords(language: Language, rooms: readonly string[]): Promise<object> {
  const parts = await Promise.all(rooms.map((room) => files[`./${language}/${room}.json`]?.()));
  return Object.assign({}, ...parts);
}

export async function createI18n(): Promise<I18nStore> {
  let language = firstLanguage(read(storageKey), navigator.languages);
  let rooms: readonly string[] = firstRooms;
  let words = await loadWords(language, rooms);
  const speak = (): I18n => {
    document.documentElement.lang = language;
    return { language, t: createTranslate(words, localeOf(language, navigator.languages)) };
  };
  let current = speak();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    current = speak();
    for (const listener of listeners) listener();
  };
  const loads = new Map<string, Promise<void>>();
  const add = async (wanted: readonly string[]): Promise<void> => {
    const missing = wanted.filter((room) => !rooms.includes(room));
    if (missing.length === 0) return;
    const spoken = language;
    const more = await loadWords(spoken, missing);
    rooms = [...new Set([...rooms, ...missing])];
    // Changed meanwhile: then the new language still lacks these.
    words = { ...words, ...(spoken === language ? more : await loadWords(language, missing)) };
    tell();
  };
  return {
    current: () => current,
    prepare: (path) => add(roomsOf(path) ?? allRooms),
    load: (wanted) => {
      const key = wanted.join(' ');
      const begun = loads.get(key) ?? add(wanted);
      loads.set(key, begun);
      // Asked for again, it is tried again.
      begun.catch(() => loads.delete(key));
      return begun;
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: async (wanted) => {
      // Rooms that a page asks for meanwhile need their words in the new language too.
      let [spoken, loaded] = [rooms, await loadWords(wanted, rooms)];
      while (spoken !== rooms) [spoken, loaded] = [rooms, await loadWords(wanted, rooms)];
      language = wanted;
      words = loaded;
      tell();
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

/** Goes to the language this person chose: with the account, else here, as after somebody else's session. */
export async function restoreLanguage(store: I18nStore, user: string, account: Language | null): Promise<void> {
  const chosen = account ?? read(keyOf(user));
  if (isLanguage(chosen) && chosen !== store.current().language) await changeLanguage(store, chosen, user);
}
