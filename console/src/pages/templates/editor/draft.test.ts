import { type TemplateContent, templateContentSchema } from '@vitrail/contracts';
import { describe, expect, it } from 'vitest';
import { blockSnippets, starterContent } from '../starters.ts';
import { addLanguage, insertAt, isChanged, placeForBlock, removeLanguage, writtenLanguages } from './draft.ts';

const words = { subject: 'S', heading: 'H', body: 'B', button: 'G', leave: 'L', preferences: 'P' };
const sms: TemplateContent = starterContent('sms', 'fr', words);

describe('a template while it is written', () => {
  it('begins with something that can be stored, on every channel', () => {
    for (const channel of ['email', 'sms', 'chat', 'webpush', 'mobilepush', 'inbox', 'whatsapp', 'webhook'] as const)
      expect(templateContentSchema.safeParse(starterContent(channel, 'fr', words)).success, channel).toBe(true);
  });

  it('gets a language that begins as the one to fall back on, and never loses that one', () => {
    const two = addLanguage(sms, 'en');
    expect(writtenLanguages(two)).toEqual(['en', 'fr']);
    expect(two.languages.en).toEqual(sms.languages.fr);
    expect(removeLanguage(two, 'en')).toEqual(sms);
    expect(removeLanguage(two, 'fr')).toEqual(two);
    expect(isChanged(sms, two)).toBe(true);
    expect(isChanged(two, addLanguage(sms, 'en'))).toBe(false);
  });

  it('takes snippets at the cursor, and blocks inside the body', () => {
    expect(insertAt('abcd', 'X', { start: 1, end: 3 })).toBe('aXd');
    const mjml = '<mjml><mj-body><mj-section /></mj-body></mjml>';
    const place = placeForBlock(mjml);
    expect(insertAt(mjml, 'B', { start: place, end: place })).toBe('<mjml><mj-body><mj-section />B</mj-body></mjml>');
    expect(blockSnippets).not.toHaveLength(0);
  });
});
