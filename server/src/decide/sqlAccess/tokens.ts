import { refuse } from './errors.ts';

/** A piece of a statement as ClickHouse's own formatter writes it: one spelling for each thing, no comments. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'symbol';
  /** A name without its quotes, a string with them. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const patterns = [
  ['space', /\s+/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['quoted', /`(?:[^`\\]|\\.)*`/sy],
  ['string', /'(?:[^'\\]|\\.)*'/sy],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  // Two minuses, or a slash and a star, would begin a comment. Everything the formatter writes for a plain SELECT is here.
  ['symbol', /->|<=>|<=|>=|!=|<>|==|\|\||-(?!-)|\/(?!\*)|[()[\],.+*%=<>]/y],
] as const;

/** Why a character that is none of these stands in formatted text. */
const refusals: Readonly<Record<string, Parameters<typeof refuse>>> = {
  ';': ['several', 'Send one statement at a time.'],
  '{': ['parameter', 'A statement has no parameters: write the value itself.'],
};

function refuseName(name: string): void {
  if (/[\p{C}\\`.]/u.test(name))
    throw refuse('name', 'A quoted name must not hold dots, backslashes, backticks or control characters.');
}

/** Cuts formatted text into tokens; throws for anything that is not part of a plain SELECT. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let from = 0; from < text.length; ) {
    const [kind, found] = match(text, from);
    const to = from + found.length;
    if (kind === 'quoted') {
      const name = found.slice(1, -1);
      refuseName(name);
      tokens.push({ kind: 'name', text: name, from, to });
    } else if (kind !== 'space') tokens.push({ kind, text: found, from, to });
    from = to;
  }
  return tokens;
}

function match(text: string, at: number): [(typeof patterns)[number][0], string] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return [kind, found];
  }
  const known = refusals[text.charAt(at)];
  if (known !== undefined) throw refuse(...known);
  throw refuse('construct', 'The statement uses a notation that is not supported here.');
}

/** The statement with every value left out, fit for the audit log. */
export const withoutValues = (tokens: readonly Token[]): string =>
  tokens.map(({ kind, text }) => (kind === 'string' || kind === 'number' ? '?' : text)).join(' ');
