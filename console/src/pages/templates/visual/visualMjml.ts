import { type BrandKit, wrapBareText } from '@vitrail/contracts';

/** Colours of the kit, in the order of their number in the last digit of blue. */
const colours = ['primary', 'onPrimary', 'background', 'surface', 'text', 'muted'] as const;
const liquidTokens = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const emptyElement = /<(mj-[\w-]+)((?:"[^"]*"|'[^']*'|[^'">])*?)\s*\/>/g;

/** The editor drops what is usual for an element, also where the head says otherwise; this size is said to be another one. */
const usual = { stored: 'font-size="13px"', shown: 'font-size="13.01px"' } as const;

/** Each colour of the kit with a number nobody sees in it, so that it can be told again from the others. */
function paints(kit: BrandKit): Map<string, (typeof colours)[number]> {
  const taken = new Map<string, (typeof colours)[number]>();
  for (const name of colours) {
    let value = Number.parseInt(kit[name].slice(1), 16);
    const step = (value & 0xff) > 127 ? -1 : 1;
    while (taken.has(hex(value))) value += step;
    taken.set(hex(value), name);
  }
  return taken;
}
const hex = (value: number): string => `#${value.toString(16).padStart(6, '0')}`;

/**
 * MJML as the visual editor understands it: colours of the kit as colours, elements closed by a tag of their own, Liquid between
 * elements in `mj-raw`, no double quotes inside of Liquid.
 */
export function toVisual(mjml: string, kit: BrandKit): string {
  const names = new Map([...paints(kit)].map(([colour, name]) => [name, colour]));
  const tokens: string[] = [];
  const hidden = mjml.replace(liquidTokens, (token) => {
    const brand = /^\{\{-?\s*brand\.(\w+)\s*-?\}\}$/.exec(token)?.[1];
    const colour = colours.find((name) => name === brand);
    if (colour !== undefined) return names.get(colour) ?? token;
    const quoted = token.includes("'") ? token.replaceAll('"', '&quot;') : token.replaceAll('"', "'");
    return `\uE000${tokens.push(quoted) - 1}\uE001`;
  });
  return wrapBareText(hidden)
    .replace(emptyElement, '<$1$2></$1>')
    .replaceAll(usual.stored, usual.shown)
    .replace(/\uE000(\d+)\uE001/g, (_, index: string) => tokens[Number(index)] ?? '');
}

const headElement = /<mj-head\b[\s\S]*?<\/mj-head>/i;

/** The head stays outside of the editor, which would draw what stands in it. */
export function splitHead(mjml: string): { head: string; rest: string } {
  const head = headElement.exec(mjml)?.[0] ?? '';
  return { head, rest: head === '' ? mjml : mjml.replace(head, () => '') };
}

/** Back to what is stored, with the head it had. */
export function fromVisual(mjml: string, kit: BrandKit, head = ''): string {
  const names = paints(kit);
  const whole = head === '' ? mjml : mjml.replace(/<mjml\b[^>]*>/i, (open) => `${open}\n  ${head}\n  `);
  return whole
    .replaceAll(usual.shown, usual.stored)
    .replace(/#[0-9a-f]{6}\b/gi, (colour) => {
      const name = names.get(colour.toLowerCase());
      return name === undefined ? colour : `{{ brand.${name} }}`;
    })
    .replace(liquidTokens, (token) =>
      token.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
    );
}
