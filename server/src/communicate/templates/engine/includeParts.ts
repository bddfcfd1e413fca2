import type { BrandKit } from '@vitrail/contracts';
import type { Parts, SourceProblem } from './compiled.ts';
import { escapeHtml } from './escape.ts';

const partTag = /\{%-?\s*(?:render|include)\s+['"]([\w-]+)['"]\s*-?%\}/g;
const brandOutput = /\{\{-?\s*brand\.(\w+)\s*-?\}\}/g;
/** A part may hold parts, not endlessly. */
const deepest = 5;

/**
 * Puts parts (`{% render 'footer' %}`) in place, and what the brand kit says (`{{ brand.primary }}`): both are the same for
 * everybody, so nothing of it is left for each message.
 */
export function includeParts(
  source: string,
  { parts, kit, page }: { parts: Parts; kit: BrandKit; page: boolean },
): { source: string; problems: Omit<SourceProblem, 'field'>[] } {
  const problems: Omit<SourceProblem, 'field'>[] = [];
  const include = (text: string, depth: number): string =>
    text.replace(partTag, (_, name: string) => {
      const part = parts.get(name);
      if (part === undefined || depth >= deepest) {
        const what = part === undefined ? `There is no part “${name}”.` : `The part “${name}” holds itself.`;
        problems.push({ code: 'liquid_error', line: null, what, fatal: true });
        return '';
      }
      return include(part, depth + 1);
    });
  const values: Readonly<Record<string, string>> = kit;
  const branded = include(source, 0).replace(brandOutput, (output, name: string) => {
    if (!Object.hasOwn(values, name)) return output;
    const value = values[name] ?? '';
    return page ? escapeHtml(value) : value;
  });
  return { source: branded, problems };
}
