import { type TemplateContent, templateContentSchema } from '@vitrail/contracts';

export const writtenLanguages = (content: TemplateContent): string[] => Object.keys(content.languages).toSorted();

/** With one language more, which begins as the one to fall back on. */
export function addLanguage(content: TemplateContent, language: string): TemplateContent {
  const begin: unknown = content.languages[content.fallbackLanguage];
  return templateContentSchema.parse({ ...content, languages: { ...content.languages, [language]: begin } });
}

/** Without a language; the one to fall back on stays. */
export function removeLanguage(content: TemplateContent, language: string): TemplateContent {
  if (language === content.fallbackLanguage) return content;
  const languages = Object.fromEntries(Object.entries(content.languages).filter(([name]) => name !== language));
  return templateContentSchema.parse({ ...content, languages });
}

/** Whether something was changed since it was stored. */
export const isChanged = (one: TemplateContent, other: TemplateContent): boolean =>
  JSON.stringify(one) !== JSON.stringify(other);

/** A text with `added` in place of what was marked. */
export const insertAt = (text: string, added: string, { start, end }: { start: number; end: number }): string =>
  text.slice(0, start) + added + text.slice(end);

/** Before the end of the body, where a block belongs when nothing was marked. */
export function placeForBlock(mjml: string): number {
  const end = mjml.lastIndexOf('</mj-body>');
  return end < 0 ? mjml.length : end;
}
