import { dropReasonTexts, importNotices, importReasons, productReasons } from '@vitrail/contracts';
import { humanName } from './value.ts';

type Words = Readonly<Record<string, { readonly en: string; readonly fr: string } | undefined>>;
const sets: readonly Words[] = [dropReasonTexts, importReasons, productReasons, importNotices];

/** A closed reason in the reader's words; one newer than this console keeps its name, made readable. */
export function reasonText(reason: string, language: string): string {
  const words = sets.map((set) => set[reason]).find((found) => found !== undefined);
  if (words === undefined) return humanName(reason);
  return language === 'fr' ? frenchSpacing(words.fr) : words.en;
}

/** Texts that come from outside the catalogues get the same no-break spaces and apostrophes. */
export const frenchSpacing = (text: string): string =>
  text
    .replace(/ ([;:!?»])/g, '\u202f$1')
    .replace(/« /g, '«\u202f')
    .replace(/(\p{L})'(\p{L})/gu, '$1’$2');
