import type { catalogue } from './en/index.ts';
import { compileMessage, type Say, type Values } from './icu.ts';

type Leaves<Tree> = {
  [Name in keyof Tree & string]: Tree[Name] extends string ? Name : `${Name}.${Leaves<Tree[Name]>}`;
}[keyof Tree & string];

/** Every key of the catalogues; a misspelt one does not compile. */
export type Key = Leaves<typeof catalogue>;
export type Translate = (key: Key, values?: Values) => string;

function find(tree: unknown, path: readonly string[]): string | null {
  let at = tree;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return null;
    at = Object.entries(at).find(([own]) => own === name)?.[1];
  }
  return typeof at === 'string' ? at : null;
}

/** The words for a key in one language, with ICU plurals and choices; each message is parsed once, when first used. */
export function createTranslate(words: object, locale: string): Translate {
  const texts = new Map<string, string>();
  const formats = new Map<string, Say>();
  return (key, values) => {
    const text = texts.get(key) ?? find(words, key.split('.')) ?? key;
    texts.set(key, text);
    if (!text.includes('{')) return text;
    const say = formats.get(key) ?? compileMessage(text, locale);
    formats.set(key, say);
    return say(values ?? {});
  };
}
