import { templateLimits } from '@vitrail/contracts';
import { Liquid } from 'liquidjs';
import { escapeHtml, shownText } from './escape.ts';
import { addFilters } from './filters.ts';

/** Rendering one field of one message may take so long, and make so many characters and items. */
export const renderLimits = { ms: 200, memory: 2_000_000 } as const;

/** Those read other templates: parts are put in before, by name, and files never. */
const closedTags = ['include', 'render', 'layout', 'block'];

/**
 * Liquid without doors: no files, no prototypes, no unknown filters, limits on time and memory. In `page` every value is
 * escaped, whatever the template says; in `plain` it is put in as it is.
 */
export function createLiquid(writing: 'page' | 'plain'): Liquid {
  const liquid = new Liquid({
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    // The whole page of an MJML source is several times longer.
    parseLimit: templateLimits.source * 10,
    renderLimit: renderLimits.ms,
    memoryLimit: renderLimits.memory,
    locale: 'en',
    outputEscape: writing === 'page' ? (value: unknown) => markedOrEscaped(value) : shown,
  });
  for (const tag of closedTags) delete liquid.tags[tag];
  addFilters(liquid);
  return liquid;
}

const ownMark = /^\uE020\d+\uE021[\w-]+\uE022$/;
/** The countdown filter makes a mark; it is the last, and all there is. */
const shown = (value: unknown): string => (typeof value === 'string' && ownMark.test(value) ? value : shownText(value));
const markedOrEscaped = (value: unknown): string =>
  typeof value === 'string' && ownMark.test(value) ? value : escapeHtml(shownText(value));
