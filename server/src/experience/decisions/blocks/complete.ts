import type { ExperienceContent, LeftOutReason, ShownBlock, ShownContent } from '@vitrail/contracts';
import type { Log } from '../../../platform/index.ts';
import type { Decided } from '../evaluate.ts';
import { type BlockMoment, type FillDeps, fillBlock } from './fillBlock.ts';

/** A page waits 300 ms for everything; a block that takes longer is left out, and there the next time. */
const patienceMs = 150;
export type Completed =
  | { readonly content: ShownContent | null; readonly until: Date | null }
  | { readonly reason: LeftOutReason };

export type CompleteMoment = Omit<BlockMoment, 'experience' | 'list' | 'language'> & {
  /** Best first; empty: every language is told. */
  readonly languages: readonly string[];
};

/**
 * What is decided with what it says here and now, so that a page need not ask again. What lacks a block that it needs, and
 * a part of the page that has nothing to say, is not shown; it is not due to the control group either: else the two would
 * not compare.
 */
export function createComplete(deps: FillDeps & { readonly log: Log }) {
  const fill = async (
    decided: Decided,
    content: Extract<ExperienceContent, { blocks: unknown }>,
    moment: CompleteMoment,
  ) => {
    const experience = decided.experience.key;
    const list = `${experience}/${decided.variant?.key ?? ''}`;
    // The control group is shown nothing: it is only asked whether there would be something.
    const purpose = decided.variant === null ? 'preview' : moment.purpose;
    const own = { ...moment, experience, list, purpose, language: moment.languages[0] ?? 'en' };
    const filled = await Promise.all(
      content.blocks.map(async (block): Promise<ShownBlock | null> => {
        try {
          return await within(patienceMs, fillBlock(deps, block, own));
        } catch (error) {
          deps.log.warn({ err: error, experience: decided.experience.key, block: block.type }, 'a block was left out');
          return null;
        }
      }),
    );
    return filled;
  };

  return async (decided: Decided, moment: CompleteMoment): Promise<Completed> => {
    const { experience, variant } = decided;
    const content = (variant ?? experience.definition.variants[0])?.content;
    if (content === undefined) return { content: null, until: null };
    if (!('blocks' in content)) return { content: variant === null ? null : content, until: null };
    const filled = content.blocks.length === 0 ? [] : await fill(decided, content, moment);
    const blocks = filled.filter((block) => block !== null);
    const lacks = content.blocks.some((block, at) => 'required' in block && block.required && filled[at] === null);
    const isEmpty = content.kind === 'block' && content.blocks.length > 0 && blocks.length === 0;
    if (lacks || isEmpty) return { reason: 'nothing_to_show' };
    if (variant === null) return { content: null, until: null };
    const { languages } = moment;
    const said = blocks.map((block) =>
      'heading' in block ? { ...block, heading: inOneLanguage(block.heading, languages) } : block,
    );
    const ends = said.flatMap((block) => (block.type === 'countdown' ? [Date.parse(block.until)] : []));
    return {
      content: { ...content, texts: inOneLanguage(content.texts, languages), blocks: said },
      until: ends.length === 0 ? null : new Date(Math.min(...ends)),
    };
  };
}

/** The words in the first of these languages that there are words in, else in any; all of them where no language is asked. */
export function inOneLanguage<T>(words: Readonly<Record<string, T>>, languages: readonly string[]): Record<string, T> {
  if (languages.length === 0) return { ...words };
  const found = languages.find((language) => words[language] !== undefined) ?? Object.keys(words)[0];
  const said = found === undefined ? undefined : words[found];
  return found === undefined || said === undefined ? {} : { [found]: said };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it takes longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
