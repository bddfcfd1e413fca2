import { type TemplateContent, templateContentSchema } from '@vitrail/contracts';
import type { ReadyLanguage } from './layout.ts';
import { marketingTemplates } from './marketing/index.ts';
import type { ReadyTemplate } from './readyTemplate.ts';
import { serviceTemplates } from './serviceTemplates.ts';
import { serviceTexts } from './serviceTexts.ts';

/** All of them, in the order in which they are offered. */
export const readyTemplates = (): readonly ReadyTemplate[] => [
  ...[...marketingTemplates, ...serviceTemplates].map((mail) => ({ ...mail, channel: 'email' as const })),
  ...serviceTexts.map((text) => ({ ...text, channel: 'sms' as const })),
];

/** Null for a key that is none. */
export const findReadyTemplate = (key: string): ReadyTemplate | null =>
  readyTemplates().find((ready) => ready.key === key) ?? null;

/** Workspaces in other languages begin with English. */
export const readyLanguage = (language: string): ReadyLanguage => (language.startsWith('fr') ? 'fr' : 'en');

/** What is stored when it is taken. */
export const contentOf = (ready: ReadyTemplate, language: string): TemplateContent =>
  templateContentSchema.parse({
    kind: ready.channel === 'email' ? 'email' : 'text',
    fallbackLanguage: readyLanguage(language),
    languages: ready.languages,
  });

/** Messages people wait for: they need no way to unsubscribe. */
export const isServiceTemplate = (key: string | null): boolean =>
  [...serviceTemplates, ...serviceTexts].some((ready) => ready.key === key);
