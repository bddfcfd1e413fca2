import type { ExperienceContent } from '@vitrail/contracts';
import type { Language } from '../../i18n/i18n.ts';
import { type Draft, emptyDraft, keyOf, type Panel } from './form/draft.ts';

export interface Words {
  readonly en: string;
  readonly fr: string;
}

/** An experience many shops want, with words in both languages, to start from. */
export interface Starter {
  readonly key: string;
  readonly name: Words;
  readonly purpose: Words;
  readonly begin: (language: Language, now: Date) => Draft;
}

type Begun = Omit<Partial<Draft>, 'variants' | 'name' | 'key'> & { readonly content: ExperienceContent };

export const starter = (key: string, name: Words, purpose: Words, make: (now: Date) => Begun): Starter => ({
  key,
  name,
  purpose,
  begin: (language, now) => {
    const { content, ...rest } = make(now);
    return {
      ...emptyDraft(),
      ...rest,
      name: name[language],
      key: keyOf(name[language]),
      variants: [{ key: 'a', name: 'A', weight: 1, content }],
    };
  },
});

export const panel = (texts: Panel['texts'], rest: Partial<Pick<Panel, 'link' | 'style' | 'blocks'>> = {}) => ({
  texts,
  style: {},
  blocks: [],
  closable: true,
  ...rest,
});
