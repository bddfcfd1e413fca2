import type { ExperienceContent, ExperienceRequest } from '@vitrail/contracts';
import { isAsking } from '../form/capture/captureDraft.ts';
import { isPanel, languages, type Panel } from '../form/draft.ts';
import { coloursOf } from '../preview/coloursOf.ts';
import { contrast, enoughContrast } from '../preview/contrast.ts';

/** What a look at the page finds wrong; `about` says of what: a selector, a language, a number. */
export interface Finding {
  readonly problem:
    | 'gone'
    | 'many'
    | 'place'
    | 'contrast'
    | 'longTitle'
    | 'longBody'
    | 'longButton'
    | 'nowhere'
    | 'language'
    | 'atOnce'
    | 'crowd';
  readonly about: string;
}

export interface Looked {
  readonly content: ExperienceContent;
  readonly trigger: ExperienceRequest['trigger'];
  readonly when: ExperienceRequest['when'];
  /** How many elements each selector finds on the page; empty while nobody knows. */
  readonly counts: Readonly<Record<string, number>>;
  /** Names of all that could show there at once, this one among them. */
  readonly crowd: readonly string[];
}

/** More than this at once is noise. */
export const mostAtOnce = 3;
/** Width of a glyph of the panels' type in pixels, on average: 15 px, and 18 px in headings. */
const glyph = { text: 7.4, title: 8.6 } as const;
const phone = 320;

/** Every selector of a content. */
export function selectorsOf(content: ExperienceContent): string[] {
  const said =
    content.kind === 'change'
      ? content.changes.flatMap((change) => ('before' in change ? [change.selector, change.before] : [change.selector]))
      : 'selector' in content
        ? [content.selector]
        : [];
  return [...new Set(said.filter((selector) => selector.trim() !== ''))];
}

const linesOf = (text: string, width: number, glyphWidth: number): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * glyphWidth) / width)), 0);

/** What does not fit the narrowest phone: a bar of more than three lines, a heading of more than four, a button of two. */
function tooLong({ kind, texts }: Panel): Finding[] {
  const isBar = kind === 'bar';
  const width = phone - (isBar ? 72 : 88);
  return Object.entries(texts).flatMap(([language, { title = '', body = '', button = '' }]) => [
    ...(linesOf(title, width, isBar ? glyph.text : glyph.title) > (isBar ? 3 : 4)
      ? [{ problem: 'longTitle', about: language } as const]
      : []),
    ...(linesOf(body, width, glyph.text) > (isBar ? 3 : 12) ? [{ problem: 'longBody', about: language } as const] : []),
    ...(button.length * glyph.text > width - 36 ? [{ problem: 'longButton', about: language } as const] : []),
  ]);
}

const fields = ['title', 'body', 'button'] as const;
const isSaid = (text: string | undefined): boolean => (text ?? '').trim() !== '';

/** A language in which something is not said that another one says. */
function silent({ texts }: Panel): Finding[] {
  const said = fields.filter((field) => Object.values(texts).some((words) => isSaid(words[field])));
  return [...new Set([...languages, ...Object.keys(texts)])]
    .filter((language) => said.some((field) => !isSaid(texts[language]?.[field])))
    .map((language) => ({ problem: 'language', about: language }));
}

const leadsNowhere = (link: string | undefined): boolean => ['', '#', '?'].includes((link ?? '').trim());

function nowhere(content: ExperienceContent): Finding[] {
  if (content.kind === 'redirect') return leadsNowhere(content.to) ? [{ problem: 'nowhere', about: '' }] : [];
  if (content.kind === 'change')
    return content.changes
      .filter((change) => change.action === 'link' && leadsNowhere(change.value))
      .map(({ selector }) => ({ problem: 'nowhere', about: selector }));
  const hasButton = isPanel(content) && Object.values(content.texts).some(({ button }) => isSaid(button));
  return hasButton && !isAsking(content) && leadsNowhere(content.link) ? [{ problem: 'nowhere', about: '' }] : [];
}

/** A window over the page as soon as it is there hides from people on phones what they came for, and search engines say so. */
function atOnce({ content, trigger, when }: Looked): Finding[] {
  const isWindow = content.kind === 'modal' || isAsking(content);
  const spared = when.some(
    (one) =>
      one.field === 'device' &&
      'values' in one &&
      (one.op === 'is' ? !one.values.includes('mobile') : one.op === 'is_not' && one.values.includes('mobile')),
  );
  return isWindow && trigger.on === 'load' && !spared ? [{ problem: 'atOnce', about: '' }] : [];
}

/** Everything worth a second look. */
export function findProblems(looked: Looked): Finding[] {
  const { content, counts, crowd } = looked;
  const asked = selectorsOf(content).flatMap((selector): Finding[] => {
    const count = counts[selector];
    if (count === 0) return [{ problem: 'gone', about: selector }];
    return [
      ...(count !== undefined && count > 1 ? [{ problem: 'many', about: selector } as const] : []),
      ...(/:nth-|:first-|:last-/.test(selector) ? [{ problem: 'place', about: selector } as const] : []),
    ];
  });
  const colours = isPanel(content) ? coloursOf(content.style) : null;
  return [
    ...asked,
    ...(colours !== null && contrast(colours.asked, colours.background) < enoughContrast
      ? [{ problem: 'contrast', about: contrast(colours.asked, colours.background).toFixed(1) } as const]
      : []),
    ...(isPanel(content) ? [...tooLong(content), ...silent(content)] : []),
    ...nowhere(content),
    ...atOnce(looked),
    ...(crowd.length > mostAtOnce ? [{ problem: 'crowd', about: crowd.join(', ') } as const] : []),
  ];
}
