/**
 * Characters of a private area that stand for something until the end: Liquid while a page is laid out, and links and images
 * whose address is known only per message. Text from people loses them before it is put in.
 */
export const marks = {
  liquid: ['\uE000', '\uE001'],
  link: ['\uE010', '\uE011', '\uE012'],
  countdown: ['\uE020', '\uE021', '\uE022'],
} as const;

const anyMark = /[\uE000-\uE02F]/g;

/** Text without our marks. */
export const unmarked = (text: string): string => (anyMark.test(text) ? text.replace(anyMark, '') : text);

/** What Liquid reads: tags and outputs. */
export const liquidTokens = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;

/** A source whose Liquid was put aside, so that what lays out the page sees plain text. */
export interface Hidden {
  readonly text: string;
  restore(text: string): string;
}

/** Puts Liquid aside. In quotes or as conditions (`a < b`) it would break tags and attributes. */
export function hideLiquid(source: string): Hidden {
  const tokens: string[] = [];
  const [open, close] = marks.liquid;
  const text = unmarked(source).replace(liquidTokens, (token) => `${open}${tokens.push(token) - 1}${close}`);
  const hidden = new RegExp(`${open}(\\d+)${close}`, 'g');
  return { text, restore: (laidOut) => laidOut.replace(hidden, (_, index: string) => tokens[Number(index)] ?? '') };
}
