type Colour = readonly [red: number, green: number, blue: number];

const named: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000', red: '#ff0000', gray: '#808080' };

/** `#abc`, `#aabbcc`, `rgb(…)` and a few names; null for what is transparent or not understood. */
export function readColour(text: string): Colour | null {
  const value = (named[text.trim().toLowerCase()] ?? text).trim().toLowerCase();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(value);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(value);
  const parts = short ?? long;
  if (parts !== null) {
    const hex = (part: string | undefined): number =>
      Number.parseInt(short === null ? (part ?? '0') : `${part}${part}`, 16);
    return [hex(parts[1]), hex(parts[2]), hex(parts[3])];
  }
  const rgb = /^rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/.exec(value);
  return rgb === null ? null : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
}

const channel = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = ([red, green, blue]: Colour): number =>
  0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrastOf(one: Colour, other: Colour): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

export interface LowContrast {
  readonly text: string;
  readonly colour: string;
  readonly background: string;
  readonly ratio: number;
}

interface Level {
  readonly tag: string;
  readonly colour: string;
  readonly background: string;
  readonly size: number;
  readonly bold: boolean;
  readonly hidden: boolean;
}

const pieces =
  /<!--[\s\S]*?-->|<(?:style|title|script)\b[\s\S]*?<\/(?:style|title|script)>|<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*?)(\/?)>|[^<]+/gi;
const void_ = new Set(['br', 'img', 'hr', 'meta', 'link', 'input', 'col', 'area', 'base']);
const styleIn = (attributes: string): string =>
  /\sstyle=(?:"([^"]*)"|'([^']*)')/i
    .exec(attributes)
    ?.slice(1)
    .find((part) => part !== undefined) ?? '';
const property = (style: string, name: string): string | null =>
  new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, 'i').exec(style)?.[1]?.trim() ?? null;

/** Words on a page that are hard to read: WCAG 2.2 AA asks for 4.5, for large letters 3. Each pair of colours once. */
export function findLowContrast(html: string): LowContrast[] {
  const found = new Map<string, LowContrast>();
  const open: Level[] = [{ tag: '', colour: '#000000', background: '#ffffff', size: 16, bold: false, hidden: false }];
  for (const [piece, closing, name, attributes = '', empty] of html.matchAll(pieces)) {
    if (name !== undefined)
      step(open, { tag: name.toLowerCase(), closing: closing === '/', empty: empty === '/', attributes });
    else if (!piece.startsWith('<')) look(piece, open.at(-1), found);
  }
  return [...found.values()];
}

function step(
  open: Level[],
  { tag, closing, empty, attributes }: { tag: string; closing: boolean; empty: boolean; attributes: string },
): void {
  if (closing) {
    const at = open.findLastIndex((level) => level.tag === tag);
    if (at > 0) open.length = at;
    return;
  }
  const above = open.at(-1);
  if (void_.has(tag) || empty || above === undefined) return;
  const style = styleIn(attributes);
  const background =
    property(style, 'background-color') ??
    property(style, 'background') ??
    /\sbgcolor="([^"]*)"/i.exec(attributes)?.[1];
  const weight = property(style, 'font-weight');
  const shown = background === undefined ? null : readColour(background.split(/\s/)[0] ?? '');
  open.push({
    tag,
    colour: property(style, 'color') ?? above.colour,
    background:
      shown === null || background === undefined ? above.background : (background.split(/\s/)[0] ?? above.background),
    size: Number.parseFloat(property(style, 'font-size') ?? '') || above.size,
    bold:
      weight === null ? above.bold || /^(?:h[1-6]|strong|b)$/.test(tag) : weight === 'bold' || Number(weight) >= 600,
    hidden: above.hidden || property(style, 'display') === 'none',
  });
}

const largePx = 24;
const largeBoldPx = 18.66;

function look(text: string, level: Level | undefined, found: Map<string, LowContrast>): void {
  const words = text.replace(/&(?:nbsp|zwnj|#\d+);/g, '').trim();
  if (level === undefined || level.hidden || words === '' || level.size === 0) return;
  const [colour, background] = [readColour(level.colour), readColour(level.background)];
  if (colour === null || background === null) return;
  const ratio = contrastOf(colour, background);
  const large = level.size >= largePx || (level.bold && level.size >= largeBoldPx);
  if (ratio >= (large ? 3 : 4.5)) return;
  const key = `${level.colour} ${level.background}`;
  if (found.has(key)) return;
  found.set(key, {
    text: words.slice(0, 60),
    colour: level.colour,
    background: level.background,
    ratio: Math.round(ratio * 10) / 10,
  });
}
