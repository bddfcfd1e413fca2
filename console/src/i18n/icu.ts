/**
 * ICU messages as our catalogues use them: `{name}`, `{n, number}`, `{n, plural, =0 {…} one {…} other {# …}}`,
 * `{word, select, a {…} other {…}}`, and apostrophes that quote braces. A fifteenth of the weight of the library that
 * knows the rest; a test compares both for every message of both languages.
 */
type Part =
  | string
  | { readonly kind: 'value' | 'number'; readonly name: string }
  | { readonly kind: 'plural' | 'select'; readonly name: string; readonly cases: ReadonlyMap<string, readonly Part[]> }
  | { readonly kind: 'hash' };

/** What a message may be filled with. */
export type Values = Readonly<Record<string, string | number | undefined>>;
export type Say = (values: Values) => string;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #fail(wanted: string): never {
    throw new Error(`${wanted} is missing at character ${this.#at} of the message: ${this.#text}`);
  }

  #match(pattern: RegExp): string {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #space(): void {
    this.#match(/\s+/);
  }

  /** A sign, with any space before it. */
  #take(sign: string): void {
    this.#space();
    if (!this.#text.startsWith(sign, this.#at)) this.#fail(`“${sign}”`);
    this.#at += sign.length;
  }

  /** Up to the end of the text (`inPlural` is null), or to the brace that closes a case; `#` counts directly in a plural only. */
  parts(inPlural: boolean | null): readonly Part[] {
    const parts: Part[] = [];
    let plain = '';
    const flush = (part: Part): void => {
      if (plain !== '') parts.push(plain);
      plain = '';
      parts.push(part);
    };
    while (this.#at < this.#text.length) {
      const sign = this.#text[this.#at];
      if (sign === '}' && inPlural !== null) break;
      if (sign === '{') flush(this.#argument());
      else if (sign === '#' && inPlural === true) {
        this.#at += 1;
        flush({ kind: 'hash' });
      } else if (sign === "'") plain += this.#quoted();
      else plain += this.#match(/[^{}#']+|./s);
    }
    if (plain !== '') parts.push(plain);
    return parts;
  }

  /** `''` is an apostrophe; `'{…'` is text up to the next apostrophe; any other apostrophe is itself. */
  #quoted(): string {
    if (this.#match(/''/) !== '') return "'";
    const quoted = this.#match(/'[{}](?:[^']|'')*'?/);
    if (quoted === '') return this.#match(/'/);
    return quoted.replace(/^'|'$/g, '').replaceAll("''", "'");
  }

  #argument(): Part {
    this.#take('{');
    this.#space();
    const name = this.#match(/[^\s{},]+/) || this.#fail('a name');
    this.#space();
    if (this.#match(/\}/) !== '') return { kind: 'value', name };
    this.#take(',');
    this.#space();
    const kind = this.#match(/[a-z]+/);
    if (kind === 'number') {
      this.#take('}');
      return { kind, name };
    }
    if (kind !== 'plural' && kind !== 'select') this.#fail('number, plural or select');
    this.#take(',');
    const cases = new Map<string, readonly Part[]>();
    for (this.#space(); this.#text[this.#at] !== '}'; this.#space()) {
      const label = this.#match(/[^\s{}]+/) || this.#fail('a case');
      this.#take('{');
      cases.set(label, this.parts(kind === 'plural'));
      this.#take('}');
    }
    this.#take('}');
    if (!cases.has('other')) this.#fail('the case “other”');
    return { kind, name, cases };
  }
}

/** Reads a message once; what it returns fills in values. Throws for a message that is none. */
export function compileMessage(text: string, locale: string): Say {
  const parts = new Reader(text).parts(null);
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);

  const caseOf = (cases: ReadonlyMap<string, readonly Part[]>, kind: 'plural' | 'select', value: string | number) => {
    const exact = kind === 'plural' ? `=${value}` : String(value);
    const named = kind === 'plural' ? plurals.select(Number(value)) : exact;
    return cases.get(exact) ?? cases.get(named) ?? cases.get('other') ?? [];
  };
  const say = (some: readonly Part[], values: Values, counted: number): string => {
    let said = '';
    for (const part of some) {
      if (typeof part === 'string') {
        said += part;
        continue;
      }
      if (part.kind === 'hash') {
        said += numbers.format(counted);
        continue;
      }
      if (!(part.name in values)) throw new Error(`the value “${part.name}” is missing for the message: ${text}`);
      const value = values[part.name] ?? '';
      if (!('cases' in part)) said += part.kind === 'value' ? value : numbers.format(Number(value));
      else said += say(caseOf(part.cases, part.kind, value), values, part.kind === 'plural' ? Number(value) : counted);
    }
    return said;
  };
  return (values) => say(parts, values, 0);
}
