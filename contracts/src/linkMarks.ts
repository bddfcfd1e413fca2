import { z } from 'zod';

/** Parts of a mark that come from the message. */
export const linkMarkWords = ['campaign', 'template', 'channel', 'variant', 'workspace'] as const;
export type LinkMarkWords = Readonly<Record<(typeof linkMarkWords)[number], string>>;

const part = z
  .string()
  .trim()
  .max(100)
  .meta({ description: 'Text with {campaign}, {template}, {channel}, {variant}, {workspace}; empty: not added' });
const parts = { source: part, medium: part, campaign: part, content: part };

/** How the links of marketing messages are marked for analytics: `utm_source` and its kind. */
export const linkMarksSchema = z.strictObject({ active: z.boolean(), ...parts });
export type LinkMarks = z.infer<typeof linkMarksSchema>;

/** A campaign may say some of it otherwise. */
export const ownLinkMarksSchema = z.strictObject({
  source: part.optional(),
  medium: part.optional(),
  campaign: part.optional(),
  content: part.optional(),
});
export type OwnLinkMarks = z.infer<typeof ownLinkMarksSchema>;

/** What is offered until somebody says otherwise; nothing is marked before. */
export const usualLinkMarks: LinkMarks = {
  active: false,
  source: '{workspace}',
  medium: '{channel}',
  campaign: '{campaign}',
  content: '{template}',
};

export const linkMarkParts = ['source', 'medium', 'campaign', 'content'] as const;

/** These marks, with what somebody says otherwise. */
export const withOwnMarks = (marks: Omit<LinkMarks, 'active'>, own: OwnLinkMarks): Omit<LinkMarks, 'active'> => ({
  source: own.source ?? marks.source,
  medium: own.medium ?? marks.medium,
  campaign: own.campaign ?? marks.campaign,
  content: own.content ?? marks.content,
});

const fill = (text: string, words: LinkMarkWords): string =>
  linkMarkWords
    .reduce((filled, word) => filled.replaceAll(`{${word}}`, words[word]), text)
    .replace(/\s+/g, ' ')
    .trim();

/**
 * An address of the web with its marks. What the address says itself is never overwritten, everything else of it stays
 * letter by letter: other systems may have signed it.
 */
export function markUrl(url: string, marks: Omit<LinkMarks, 'active'>, words: LinkMarkWords): string {
  if (!/^https?:\/\//i.test(url)) return url;
  const [whole = '', address = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  if (whole === '') return url;
  const start = address.indexOf('?');
  const query = start < 0 ? '' : address.slice(start + 1);
  const known = new Set(query.split('&').map((pair) => pair.split('=', 1)[0]?.toLowerCase() ?? ''));
  const added = linkMarkParts.flatMap((name) => {
    const value = fill(marks[name], words);
    return value === '' || known.has(`utm_${name}`) ? [] : [`utm_${name}=${encodeURIComponent(value)}`];
  });
  if (added.length === 0) return url;
  const joint = start < 0 ? '?' : query === '' || query.endsWith('&') ? '' : '&';
  return `${address}${joint}${added.join('&')}${fragment}`;
}
