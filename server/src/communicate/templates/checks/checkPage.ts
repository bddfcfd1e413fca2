import { type TemplateProblem, templateLimits } from '@vitrail/contracts';
import { finishPage, isFollowable, linksIn } from '../engine/finish.ts';
import { findLowContrast } from './contrast.ts';

type Found = Pick<TemplateProblem, 'code' | 'level' | 'field' | 'what'>;

const image = /<img\b((?:"[^"]*"|'[^']*'|[^'">])*?)\/?>/gi;
const attribute = (attributes: string, name: string): string | null =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i')
    .exec(attributes)
    ?.slice(1)
    .find((part) => part !== undefined) ?? null;

export interface PageFindings {
  readonly found: readonly Found[];
  /** Addresses of the web that people could follow. */
  readonly links: readonly string[];
  readonly bytes: number;
}

/** What is wrong with a page as somebody would get it. */
export function checkPage(
  html: string,
  { field, own }: { field: string; own: { unsubscribe: string; preferences: string } },
): PageFindings {
  const found: Found[] = [];
  const links = linksIn(html);
  for (const { url } of links) {
    if (!isFollowable(url))
      found.push({ code: 'bad_link', level: 'error', field, what: url === '' ? '(empty)' : url.slice(0, 200) });
  }
  if (!links.some(({ url }) => url === own.unsubscribe || url === own.preferences))
    found.push({ code: 'no_unsubscribe', level: 'error', field, what: '{{ unsubscribe_url }}' });
  const page = finishPage(html, {
    track: (url) => url,
    countdown: () => 'https://example.invalid/countdown.png',
    own: new Set(Object.values(own)),
  });
  for (const [, attributes = ''] of page.matchAll(image)) {
    const alt = attribute(attributes, 'alt');
    const source = attribute(attributes, 'src') ?? '';
    if (alt === null || (alt === '' && attribute(attributes, 'role') !== 'presentation'))
      found.push({ code: 'no_alt', level: 'warning', field, what: source.slice(0, 200) });
  }
  for (const { text, colour, background, ratio } of findLowContrast(page))
    found.push({
      code: 'low_contrast',
      level: 'warning',
      field,
      what: `${ratio}: ${colour} / ${background} “${text}”`,
    });
  const bytes = Buffer.byteLength(page);
  if (bytes > templateLimits.clipBytes)
    found.push({ code: 'too_large', level: 'warning', field, what: `${Math.ceil(bytes / 1_000)} kB` });
  const outside = links
    .map(({ url }) => url)
    .filter((url) => /^https?:/i.test(url) && !Object.values(own).includes(url));
  return { found, links: [...new Set(outside)], bytes };
}
